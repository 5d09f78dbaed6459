import AQICore
import Inventory

extension InventoryReader {
    /// No count, volume or consumption is larger than this.
    private static let most: Int64 = 1_000_000_000

    private static let gasColumns = ByLevel { "\($0)_gas_m3" }
    private static let powerColumns = ByLevel { "\($0)_power_kwh" }
    private static let actionColumns = ByLevel { "\($0)_action" }

    func plant(_ row: inout InventoryRow) -> Plant {
        let most = InventoryReader.most
        var plant = Plant(
            id: row.needed("plant"), name: row.needed("name"), area: row.needed("area"), line: row.line)
        plant.isInPark = row.yes("park")
        plant.transport = row.choice("transport")
        plant.transported = row.decimal("transported_t", decimals: 6, in: 0...Emissions.most / 1000)
        if let ground = row.choice("list", Membership.Ground.self) {
            plant.membership = Membership(
                ground: ground, until: row.day("list_until"), largestLoad: row.cut("largest_load"))
        }
        plant.isIdle = row.yes("idle")
        plant.isClassified = row.yes("classified")
        plant.rated = row.day("rated")
        plant.batches = row.decimal("batches", decimals: 0, in: 1...100) ?? 1
        plant.preparationHours = row.decimal("preparation_h", decimals: 0, in: 0...720)
        plant.responsible = row.text("person")
        plant.phone = row.text("phone")
        plant.ordinary = Plant.Consumption(
            gas: row.decimal("gas_m3", decimals: 3, in: 0...most),
            power: row.decimal("power_kwh", decimals: 3, in: 0...most))
        plant.limits = ByLevel { level in
            Plant.Consumption(
                gas: row.decimal(InventoryReader.gasColumns[level], decimals: 3, in: 0...most),
                power: row.decimal(InventoryReader.powerColumns[level], decimals: 3, in: 0...most))
        }
        plant.exception = row.text("exception")
        return plant
    }

    func process(_ row: inout InventoryRow) -> PlantProcess {
        var process = PlantProcess(
            plant: row.needed("plant"), name: row.needed("process"), industry: industry(&row), line: row.line)
        process.emissions = row.emissions()
        process.rating = row.needed("rating", or: .none)
        process.lineCount = row.decimal("lines", decimals: 0, in: 1...1000) ?? 1
        process.actions = ByLevel { row.text(InventoryReader.actionColumns[$0]) }
        process.stated = row.cuts()
        process.seasonal = row.cut("seasonal_cut") ?? .none
        return process
    }

    private func industry(_ row: inout InventoryRow) -> Int? {
        guard row.text("industry") != "other" else { return nil }
        return row.named("industry", industries, allowed: ["1 ... 19", "other"])
    }

    func heating(_ row: inout InventoryRow) -> HeatingSource {
        HeatingSource(
            name: row.needed("name"), area: row.needed("area"), kind: row.needed("kind", or: .boiler),
            households: row.needed("households", decimals: 0, in: 0...InventoryReader.most),
            heatedArea: row.needed("heated_m2", decimals: 2, in: 0...InventoryReader.most),
            temperature: row.needed("temperature_c", decimals: 2, in: 0...40), substitute: row.text("substitute"),
            emissions: row.emissions(), cuts: row.cuts(), line: row.line)
    }

    func fleet(_ row: inout InventoryRow) -> Fleet {
        Fleet(
            vehicle: row.needed("vehicle", or: .car), fuel: row.needed("fuel", or: .petrol),
            standard: row.needed("standard", or: .none),
            count: row.needed("count", decimals: 0, in: 0...InventoryReader.most), emissions: row.emissions(),
            cuts: row.cuts(), line: row.line)
    }

    func dust(_ row: inout InventoryRow) -> DustSource {
        enum List: String, CaseIterable { case positive }
        let pm = row.needed("pm_t", decimals: 6, in: 0...Emissions.most / 1_000_000)
        return DustSource(
            name: row.needed("site"), area: row.needed("area"), kind: row.needed("kind", or: .construction),
            emissions: Emissions { $0 == .pm ? pm : 0 }, cuts: row.cuts(),
            isPositive: row.choice("list", List.self) != nil, precautions: row.choices("precautions"), line: row.line)
    }

    /// Nil where the row says nothing of which a figure can be made.
    func figure(_ row: inout InventoryRow) -> BaseFigure? {
        guard let quantity = row.choice("quantity", BaseFigure.Quantity.self) else {
            if row.text("quantity").isEmpty { row.refuse(.emptyField, "quantity") }
            return nil
        }
        let unit = row.text("unit")
        switch quantity {
        case .routineCut, .newCapacity:
            let units = ["t": 6, "kg": 3]
            let decimals = row.named("unit", units, allowed: ["t", "kg"]) ?? 6
            let sector = row.needed("sector", or: Sector.industry)
            let pollutant = row.needed("pollutant", or: EmittedPollutant.pm)
            if sector == .dust, pollutant != .pm { row.refuse(.dustIsOnlyPM(pollutant.rawValue), "pollutant") }
            let most = decimals == 6 ? Emissions.most / 1_000_000 : Emissions.most / 1000
            return BaseFigure(
                quantity: quantity, sector: sector, pollutant: pollutant,
                value: row.needed("value", decimals: decimals, in: 0...most), line: row.line)
        case .dustShare:
            if unit != "percent" { row.refuse(.notOneOf(unit, allowed: ["percent"]), "unit") }
            return BaseFigure(
                quantity: quantity, value: row.needed("value", decimals: 2, in: 0...100), line: row.line)
        case .heatingDays:
            if unit != "days" { row.refuse(.notOneOf(unit, allowed: ["days"]), "unit") }
            return BaseFigure(
                quantity: quantity, value: row.needed("value", decimals: 0, in: 1...366), line: row.line)
        }
    }
}
