import AQICore
import Inventory
import Warnings

/// 2026-11-16.
let today = NaturalDay(number: 20_773)

func at(_ line: Int) -> SourceLine { SourceLine(file: "t.csv", line: line) }

func day(_ year: Int32, _ month: Int32, _ day: Int32) -> NaturalDay {
    CivilDate(year: year, month: month, day: day).map(NaturalDay.init) ?? NaturalDay(number: 0)
}

/// Grams of tonnes.
func t(_ tonnes: Int64) -> Int64 { tonnes * 1_000_000 }

/// One number of grams for each pollutant that is named.
func grams(so2: Int64 = 0, nox: Int64 = 0, pm: Int64 = 0, vocs: Int64 = 0) -> Emissions {
    Emissions { [.so2: so2, .nox: nox, .pm: pm, .vocs: vocs][$0] ?? 0 }
}

/// The same cut at each level, in hundredths of a per cent.
func cuts(_ hundredths: Int64) -> ByLevel<Cut> { ByLevel { _ in Cut(hundredths: hundredths) } }

extension InventoryTables {
    /// Adds a plant with one process.
    mutating func add(
        _ id: String, _ emissions: Emissions, cut hundredths: Int64 = 0, rating: Rating = .none,
        _ change: (inout Plant) -> Void = { _ in }
    ) {
        var plant = Plant(id: id, name: "name of \(id)", area: "area", line: at(plants.count + 1))
        change(&plant)
        plants.append(plant)
        add(process: "process", of: id, emissions, cut: hundredths, rating: rating)
    }

    mutating func add(
        process: String, of plant: String, _ emissions: Emissions = .none, cut hundredths: Int64 = 0,
        rating: Rating = .none
    ) {
        var row = PlantProcess(plant: plant, name: process, industry: nil, line: at(1000 + processes.count))
        row.emissions = emissions
        row.stated = cuts(hundredths)
        row.rating = rating
        processes.append(row)
    }

    mutating func add(mobile emissions: Emissions, cut hundredths: Int64 = 0) {
        let standards = Fleet.Standard.allCases
        mobile.append(
            Fleet(
                vehicle: Fleet.Vehicle.allCases[mobile.count / standards.count], fuel: .diesel,
                standard: standards[mobile.count % standards.count], count: 1, emissions: emissions,
                cuts: cuts(hundredths), line: at(2000 + mobile.count)))
    }

    mutating func add(dust pm: Int64, cut hundredths: Int64 = 0) {
        dust.append(
            DustSource(
                name: "site \(dust.count)", area: "area", kind: .construction, emissions: grams(pm: pm),
                cuts: cuts(hundredths), isPositive: false, precautions: [], line: at(3000 + dust.count)))
    }

    mutating func add(heating emissions: Emissions, cut hundredths: Int64 = 0) {
        heating.append(
            HeatingSource(
                name: "boiler \(heating.count)", area: "area", kind: .boiler, households: 0, heatedArea: 0,
                temperature: 0,
                substitute: "", emissions: emissions, cuts: cuts(hundredths), line: at(4000 + heating.count)))
    }

    mutating func add(
        _ quantity: BaseFigure.Quantity, _ value: Int64, _ sector: Sector? = nil, _ pollutant: EmittedPollutant? = nil
    ) {
        base.append(
            BaseFigure(
                quantity: quantity, sector: sector, pollutant: pollutant, value: value, line: at(5000 + base.count)))
    }

    mutating func add(
        _ finding: Inspection.Finding, at plant: String, on day: NaturalDay = today, exception: String = ""
    ) {
        inspections.append(
            Inspection(
                day: day, plant: plant, finding: finding, person: "W", reason: "seen", exception: exception,
                line: at(6000 + inspections.count)))
    }

    func inventory(on day: NaturalDay = today) throws -> EmissionInventory { try EmissionInventory(self, on: day) }
    func reduction(at level: WarningLevel) throws -> LevelReduction { try inventory().reduction(at: level) }

    /// The faults there are, by line.
    var faults: [InventoryFault] {
        do {
            _ = try inventory()
            return []
        } catch let error as InventoryFaults {
            return error.faults
        } catch {
            return []
        }
    }
}
