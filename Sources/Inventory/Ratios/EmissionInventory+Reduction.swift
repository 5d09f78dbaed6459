package import Warnings

extension EmissionInventory {
    /// What a level takes away.
    package func reduction(at level: WarningLevel) -> LevelReduction {
        LevelReduction(level: level, balances(at: level))
    }

    /// The numbers of all sectors brought together.
    ///
    /// Base = (emission of all sources - this year's routine cuts + this year's new capacity) / days. Source: Plan 五(四)3.
    func balances(at level: WarningLevel) -> ByPollutant<Balance> {
        var counted = [Bool](repeating: true, count: tables.processes.count)
        for (place, plant) in tables.plants.enumerated() where plant.isIdle {
            for process in processes[place] { counted[process] = false }
        }
        var place = -1
        let sums = SectorSums(tables) { _ in
            place += 1
            return counted[place]
        }
        let scale = self.scale
        return ByPollutant { pollutant in
            var balance = Balance(scale: scale, base: 0, cut: 0)
            if let share = figure(.dustShare) { balance.dustShare = share }
            for sector in Sector.allCases {
                let weight = self.weight(of: sector)
                var base = sums[sector].emission[pollutant]
                for figure in tables.base where figure.sector == sector && figure.pollutant == pollutant {
                    base += Int128(figure.quantity == .routineCut ? -figure.value : figure.value)
                }
                let cut = sums[sector].cuts[level][pollutant]
                if sector == .dust {
                    balance.dustBase += base * weight
                    balance.dustCut += cut * weight
                } else {
                    balance.base += base * weight
                    balance.cut += cut * weight
                }
            }
            return balance
        }
    }

    /// What brings a year's grams of a sector to a day, times the scale.
    func weight(of sector: Sector) -> Int128 { scale / sector.days(heating: heatingDays) }

    /// The smallest number that the days of all sectors divide.
    private var scale: Int128 {
        Sector.allCases.reduce(1) { scale, sector in
            let days = sector.days(heating: heatingDays)
            return scale / Fraction.greatestDivisor(scale, days) * days
        }
    }

    /// Where nothing is heated any number will do.
    private var heatingDays: Int32 { Int32(figure(.heatingDays) ?? 1) }

    /// The largest share of dust in PM, in hundredths of a per cent; nil where there is no dust.
    package var dustShare: Int64? { figure(.dustShare).map { Int64($0) } }

    private func figure(_ quantity: BaseFigure.Quantity) -> Int128? {
        tables.base.first { $0.quantity == quantity }.map { Int128($0.value) }
    }
}
