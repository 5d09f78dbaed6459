package import AQICore

/// An inventory without faults, as it stands on a day.
package struct EmissionInventory: Sendable {
    package let day: NaturalDay
    package let tables: InventoryTables
    /// How each plant stands; in the order of `tables.plants`.
    package let standings: [Standing]
    /// The places in `tables.processes` of each plant's, in the order of `tables.plants`.
    let processes: [[Int]]

    /// Looks at everything together, and at `faults`: what is wrong with rows in themselves, which stand in the tables as far as they
    /// could be read.
    ///
    /// - Throws: ``InventoryFaults`` with every fault there is.
    package init(
        _ tables: InventoryTables, faults: [InventoryFault] = [], on day: NaturalDay
    ) throws(InventoryFaults) {
        let faults = InventoryCheck(tables, rowFaults: faults).faults
        guard faults.isEmpty else { throw InventoryFaults(faults) }
        let places = Dictionary(uniqueKeysWithValues: tables.plants.enumerated().map { ($1.id, $0) })
        var processes = [[Int]](repeating: [], count: tables.plants.count)
        for (place, process) in tables.processes.enumerated() {
            if let plant = places[process.plant] { processes[plant].append(place) }
        }
        let indicators = Dictionary(grouping: tables.indicators, by: \.plant)
        let inspections = Dictionary(grouping: tables.inspections, by: \.plant)
        standings = tables.plants.enumerated().map { place, plant in
            Standing(
                of: plant, processes: processes[place].lazy.map { tables.processes[$0] },
                indicators: indicators[plant.id] ?? [], inspections: inspections[plant.id] ?? [], on: day)
        }
        self.day = day
        self.tables = tables
        self.processes = processes
    }

    /// The processes of a plant, by its place.
    package func processes(ofPlant place: Int) -> [PlantProcess] { processes[place].map { tables.processes[$0] } }

    /// What a person should know: plants, then records of unlisted ones.
    package var remarks: [InventoryRemark] {
        var remarks: [InventoryRemark] = []
        for (place, plant) in tables.plants.enumerated() {
            let standing = standings[place]
            if plant.isIdle { remarks.append(.idle(plant)) }
            if !standing.causes.isEmpty { remarks.append(.rating(plant, standing)) }
            if let membership = plant.membership, standing.membership == nil {
                remarks.append(.offList(plant, membership))
            }
            guard !plant.exception.isEmpty else { continue }
            remarks += principles(ofPlant: place).map { .excepted(plant, $0) }
        }
        remarks += tables.inspections.filter { $0.finding == .unlistedRunning }.map { .unlisted($0) }
        return remarks
    }

    /// The rules "in principle" that a plant breaks.
    private func principles(ofPlant place: Int) -> [Principle] {
        let plant = tables.plants[place]
        var broken: [Principle] = plant.batches > 3 ? [.batches(plant.batches)] : []
        guard let ground = plant.membership?.ground else { return broken }
        if ground.isGuaranteed {
            let stated = standings[place].stated
            if !stated.isBarredByVeto { broken.append(.guaranteedRating(stated)) }
        } else {
            let levels = processes[place].compactMap { tables.processes[$0].stated.firstLevel { $0 == .stop } }
            if let lowest = levels.min() { broken.append(.positiveStops(lowest)) }
        }
        return broken
    }
}
