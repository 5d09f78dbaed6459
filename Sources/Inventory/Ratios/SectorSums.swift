import Warnings

/// What a sector emits in a year, in grams, and what each level takes of it, in grams x hundredths of a per cent.
struct SectorSum {
    var emission = ByPollutant<Int128> { _ in 0 }
    var cuts = ByLevel { _ in ByPollutant<Int128> { _ in 0 } }

    mutating func add(_ source: some EmissionSource) {
        let (emissions, cuts) = (source.emissions, source.cuts)
        for pollutant in EmittedPollutant.allCases where emissions[pollutant] != 0 {
            let grams = Int128(emissions[pollutant])
            emission[pollutant] += grams
            for level in WarningLevel.allCases {
                self.cuts[level][pollutant] += grams * Int128(cuts[level].hundredths)
            }
        }
    }
}

/// The sums of the sectors.
struct SectorSums {
    private var industry = SectorSum()
    private var heating = SectorSum()
    private var mobile = SectorSum()
    private var dust = SectorSum()

    /// Those processes count of which `counted` says so: those of idle plants do not.
    init(_ tables: InventoryTables, counted: (PlantProcess) -> Bool) {
        for process in tables.processes where counted(process) { industry.add(process) }
        for source in tables.heating { heating.add(source) }
        for fleet in tables.mobile { mobile.add(fleet) }
        for source in tables.dust { dust.add(source) }
    }

    subscript(sector: Sector) -> SectorSum {
        switch sector {
        case .industry: industry
        case .heating: heating
        case .mobile: mobile
        case .dust: dust
        }
    }
}
