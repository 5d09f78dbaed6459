package import Warnings

/// Looks at the rows of all tables together and keeps every fault.
struct InventoryCheck {
    private(set) var faults: [InventoryFault] = []
    private let tables: InventoryTables
    private var plantLines: [String: SourceLine] = [:]
    private var processLines: [ProcessName: SourceLine] = [:]

    init(_ tables: InventoryTables, rowFaults: [InventoryFault]) {
        self.tables = tables
        // Without one of the tables nothing fits the others.
        if rowFaults.contains(where: \.kind.isOfFile) {
            faults = rowFaults
            return
        }
        plantLines.reserveCapacity(tables.plants.count)
        processLines.reserveCapacity(tables.processes.count)
        checkPlants()
        checkProcesses()
        checkOtherSources()
        checkRecords()
        checkBase()
        guard !rowFaults.isEmpty else { return }
        // What follows from a row that is wrong in itself is no fault of its own.
        let lines = Set(rowFaults.map(\.line))
        let isRowLost = rowFaults.contains { if case .fieldCount = $0.kind { true } else { false } }
        faults.removeAll { lines.contains($0.line) || $0.kind.isOfTheWhole || (isRowLost && $0.kind.isOfAbsence) }
        faults = (rowFaults + faults).enumerated()
            .sorted {
                ($0.element.line.file, $0.element.line.line, $0.offset) < (
                    $1.element.line.file, $1.element.line.line, $1.offset
                )
            }
            .map(\.element)
    }

    /// Rows that may stand only once, by what names them.
    private struct Once<Key: Hashable> {
        private var lines: [Key: SourceLine] = [:]

        /// The line on which the key stood before, if it did.
        mutating func line(before line: SourceLine, of key: Key) -> SourceLine? {
            if let earlier = lines[key] { return earlier }
            lines[key] = line
            return nil
        }
    }

    private struct Words: Hashable {
        var words: [String]
        init(_ words: String...) { self.words = words }
    }

    private mutating func add(_ kind: InventoryFault.Kind, at line: SourceLine, _ column: String?) {
        faults.append(InventoryFault(kind, at: line, column: column))
    }

    private mutating func checkPlants() {
        var names = Once<Words>()
        for plant in tables.plants {
            if let earlier = plantLines[plant.id] {
                add(.duplicate(of: earlier), at: plant.line, "plant")
                continue
            }
            plantLines[plant.id] = plant.line
            // The same plant under two numbers would be counted twice.
            if let earlier = names.line(before: plant.line, of: Words(plant.name, plant.area)) {
                add(.duplicate(of: earlier), at: plant.line, "name")
            }
            if plant.batches > 3, plant.exception.isEmpty {
                add(.principle(.batches(plant.batches)), at: plant.line, "batches")
            }
            guard let membership = plant.membership else { continue }
            if membership.ground == .export, membership.until == nil {
                add(.listNeeds(membership.ground), at: plant.line, "list_until")
            }
            if membership.ground.isGuaranteed, membership.largestLoad == nil {
                add(.listNeeds(membership.ground), at: plant.line, "largest_load")
            }
        }
    }

    private mutating func checkProcesses() {
        var withProcess: Set<String> = []
        let plants = Dictionary(tables.plants.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for process in tables.processes {
            guard let plant = plants[process.plant] else {
                add(.unknownPlant(process.plant), at: process.line, "plant")
                continue
            }
            withProcess.insert(process.plant)
            let name = ProcessName(plant: process.plant, process: process.name)
            if let earlier = processLines[name] {
                add(.duplicate(of: earlier), at: process.line, "process")
                continue
            }
            processLines[name] = process.line
            checkRise(process.stated, at: process.line)
            if let ground = plant.membership?.ground, !ground.isGuaranteed, plant.exception.isEmpty,
                let level = process.stated.firstLevel(where: { $0 == .stop })
            {
                add(.principle(.positiveStops(level)), at: process.line, "\(level)_cut")
            }
        }
        for plant in tables.plants where !withProcess.contains(plant.id) {
            add(.plantWithoutProcess, at: plant.line, "plant")
        }
        let ratings = Dictionary(grouping: tables.processes, by: \.plant)
        for plant in tables.plants where plant.membership?.ground.isGuaranteed == true && plant.exception.isEmpty {
            let rating = Rating.shortBoard((ratings[plant.id] ?? []).map(\.rating)) ?? .none
            if !rating.isBarredByVeto { add(.principle(.guaranteedRating(rating)), at: plant.line, "list") }
        }
    }

    private mutating func checkOtherSources() {
        var heating = Once<Words>()
        for source in tables.heating {
            checkOnce(&heating, Words(source.name, source.area), at: source.line, "name")
            checkRise(source.cuts, at: source.line)
        }
        var fleets = Once<Words>()
        for fleet in tables.mobile {
            let key = Words(fleet.vehicle.rawValue, fleet.fuel.rawValue, fleet.standard.rawValue)
            checkOnce(&fleets, key, at: fleet.line, "vehicle")
            checkRise(fleet.cuts, at: fleet.line)
        }
        var dust = Once<Words>()
        for source in tables.dust {
            checkOnce(&dust, Words(source.name, source.area), at: source.line, "site")
            checkRise(source.cuts, at: source.line)
            let missing = DustSource.Precaution.allCases.filter { !source.precautions.contains($0) }
            if source.isPositive, !missing.isEmpty {
                add(.withoutPrecautions(missing), at: source.line, "precautions")
            }
        }
    }

    private mutating func checkOnce<Key>(
        _ once: inout Once<Key>, _ key: Key, at line: SourceLine, _ column: String
    ) {
        if let earlier = once.line(before: line, of: key) { add(.duplicate(of: earlier), at: line, column) }
    }

    /// A higher level takes away no less.
    private mutating func checkRise(_ cuts: ByLevel<Cut>, at line: SourceLine) {
        if cuts.orange < cuts.yellow { add(.fallsWithLevel(.orange), at: line, "orange_cut") }
        if cuts.red < cuts.orange { add(.fallsWithLevel(.red), at: line, "red_cut") }
    }

    private mutating func checkRecords() {
        var indicators = Once<Words>()
        for indicator in tables.indicators {
            let name = ProcessName(plant: indicator.plant, process: indicator.process)
            if plantLines[indicator.plant] == nil {
                add(.unknownPlant(indicator.plant), at: indicator.line, "plant")
            } else if processLines[name] == nil {
                add(.unknownProcess(plant: name.plant, process: name.process), at: indicator.line, "process")
            }
            checkOnce(
                &indicators, Words(indicator.plant, indicator.process, indicator.name), at: indicator.line, "indicator")
        }
        for record in tables.inspections {
            let isListed = plantLines[record.plant] != nil
            if record.finding == .unlistedRunning {
                if isListed { add(.isListed(record.plant), at: record.line, "finding") }
            } else if !isListed {
                add(.unknownPlant(record.plant), at: record.line, "plant")
            }
        }
    }

    private mutating func checkBase() {
        var figures = Once<Words>()
        var quantities: Set<BaseFigure.Quantity> = []
        let idle = Set(tables.plants.lazy.filter(\.isIdle).map(\.id))
        let sums = SectorSums(tables, counted: { !idle.contains($0.plant) })
        for figure in tables.base {
            quantities.insert(figure.quantity)
            let key = Words(
                figure.quantity.rawValue, figure.sector?.rawValue ?? "", figure.pollutant?.rawValue ?? "")
            checkOnce(&figures, key, at: figure.line, "quantity")
            if figure.quantity == .routineCut, let sector = figure.sector, let pollutant = figure.pollutant,
                Int128(figure.value) > sums[sector].emission[pollutant]
            {
                add(.aboveBase(figure.value, of: sums[sector].emission[pollutant]), at: figure.line, "value")
            }
        }
        // A share that nobody stated would let dust count in full.
        if let source = tables.dust.first, !quantities.contains(.dustShare) {
            add(.missingFigure(.dustShare), at: SourceLine(file: source.line.file, line: 0), nil)
        }
        if let source = tables.heating.first, !quantities.contains(.heatingDays) {
            add(.missingFigure(.heatingDays), at: SourceLine(file: source.line.file, line: 0), nil)
        }
    }
}

/// What names a process.
struct ProcessName: Hashable {
    var plant: String
    var process: String
}

extension ByLevel {
    /// The lowest level whose value is as asked.
    package func firstLevel(where isAsked: (Value) -> Bool) -> WarningLevel? {
        WarningLevel.allCases.first { isAsked(self[$0]) }
    }
}
