/// The tables of an inventory, told apart by a column that only one of them has: `docs/inventory.md`.
enum InventoryTable: CaseIterable {
    // In this order: a table of indicators has a `process`, too.
    case inspections, indicators, processes, plants, heating, mobile, dust, base

    /// The column by which the table is known.
    var marker: String {
        switch self {
        case .inspections: "finding"
        case .indicators: "indicator"
        case .processes: "process"
        case .plants: "park"
        case .heating: "households"
        case .mobile: "vehicle"
        case .dust: "site"
        case .base: "quantity"
        }
    }

    private static let emissions = ["so2_t", "nox_t", "pm_t", "vocs_t"]
    private static let cuts = ["yellow_cut", "orange_cut", "red_cut"]

    /// Columns that must be there.
    var required: [String] {
        switch self {
        case .inspections: ["date", "plant", "finding", "person", "reason"]
        case .indicators: ["plant", "process", "indicator", "rating"]
        case .processes:
            ["plant", "process", "industry", "rating"] + InventoryTable.emissions + InventoryTable.cuts
        case .plants: ["plant", "name", "area", "park"]
        case .heating:
            ["name", "area", "kind", "households", "heated_m2", "temperature_c", "substitute"]
                + InventoryTable.emissions + InventoryTable.cuts
        case .mobile: ["vehicle", "fuel", "standard", "count"] + InventoryTable.emissions + InventoryTable.cuts
        case .dust: ["site", "area", "kind", "pm_t"] + InventoryTable.cuts
        case .base: ["quantity", "sector", "pollutant", "value", "unit"]
        }
    }

    /// Columns that may be there.
    var optional: [String] {
        switch self {
        case .inspections: ["exception"]
        case .processes: ["lines", "seasonal_cut", "yellow_action", "orange_action", "red_action"]
        case .plants:
            [
                "transport", "transported_t", "list", "list_until", "largest_load", "idle", "classified", "rated",
                "batches",
                "preparation_h", "person", "phone", "gas_m3", "power_kwh", "yellow_gas_m3", "yellow_power_kwh",
                "orange_gas_m3", "orange_power_kwh", "red_gas_m3", "red_power_kwh", "exception",
            ]
        case .dust: ["list", "precautions"]
        case .indicators, .heating, .mobile, .base: []
        }
    }
}
