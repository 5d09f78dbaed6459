import Inventory
import TestSupport
import Warnings

/// A fraction of natural numbers of any size; nothing is ever reduced.
struct SlowFraction {
    var top: BigNatural
    var bottom: BigNatural

    init(_ top: BigNatural, _ bottom: BigNatural = BigNatural(1)) {
        self.top = top
        self.bottom = bottom
    }

    init(_ top: Int, _ bottom: Int = 1) { self.init(BigNatural(top), BigNatural(bottom)) }

    static func + (left: SlowFraction, right: SlowFraction) -> SlowFraction {
        SlowFraction(left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom)
    }
    static func * (left: SlowFraction, right: SlowFraction) -> SlowFraction {
        SlowFraction(left.top * right.top, left.bottom * right.bottom)
    }
    static func / (left: SlowFraction, right: SlowFraction) -> SlowFraction {
        SlowFraction(left.top * right.bottom, left.bottom * right.top)
    }
    static func <= (left: SlowFraction, right: SlowFraction) -> Bool {
        !(right.top * left.bottom < left.top * right.bottom)
    }
    var isZero: Bool { !(BigNatural(0) < top) }
}

/// The ratios of Plan 五(四) once more, as plainly as can be: row by row, in fractions, for one pollutant after the other.
struct SlowReduction {
    let tables: InventoryTables
    let level: WarningLevel

    /// The ratio of a pollutant, with so many grams a day more of what is no dust; nil where it has no base.
    func ratio(_ pollutant: EmittedPollutant, adding grams: Int = 0) -> SlowFraction? {
        var (rest, restCut) = (SlowFraction(0), SlowFraction(grams))
        var (dust, dustCut) = (SlowFraction(0), SlowFraction(0))
        let idle = Set(tables.plants.filter(\.isIdle).map(\.id))
        func add(_ source: any EmissionSource, _ days: Int, _ base: inout SlowFraction, _ cut: inout SlowFraction) {
            let daily = SlowFraction(Int(source.emissions[pollutant]), days)
            base = base + daily
            cut = cut + daily * SlowFraction(Int(source.cuts[level].hundredths), 10_000)
        }
        for process in tables.processes where !idle.contains(process.plant) { add(process, 330, &rest, &restCut) }
        let heatingDays = tables.base.first { $0.quantity == .heatingDays }.map { Int($0.value) } ?? 1
        for source in tables.heating { add(source, heatingDays, &rest, &restCut) }
        for fleet in tables.mobile { add(fleet, 365, &rest, &restCut) }
        for source in tables.dust { add(source, 365, &dust, &dustCut) }
        for figure in tables.base where figure.quantity == .newCapacity && figure.pollutant == pollutant {
            let days = [Sector.industry: 330, .heating: heatingDays, .mobile: 365, .dust: 365]
            let daily = SlowFraction(Int(figure.value), days[figure.sector ?? .industry] ?? 1)
            if figure.sector == .dust { dust = dust + daily } else { rest = rest + daily }
        }
        let share = tables.base.first { $0.quantity == .dustShare }.map { Int($0.value) } ?? 10_000
        if !(dust <= SlowFraction(share, 10_000) * (rest + dust)) {
            // Dust as if there were so little of it that it makes up its share.
            let counted = rest * SlowFraction(share, 10_000 - share)
            dustCut = dustCut * counted / dust
            dust = counted
        }
        let base = rest + dust
        return base.isZero ? nil : (restCut + dustCut) / base
    }

    func isShort(_ pollutant: EmittedPollutant, adding grams: Int = 0) -> Bool? {
        guard let ratio = ratio(pollutant, adding: grams) else { return nil }
        let required = [WarningLevel.yellow: 10, .orange: 20, .red: 30][level] ?? 0
        if SlowFraction(required, 100) <= ratio { return false }
        let partners: [EmittedPollutant: EmittedPollutant] = [.so2: .nox, .nox: .so2]
        guard let partner = partners[pollutant], let other = self.ratio(partner) else { return true }
        return !(SlowFraction(2 * required, 100) <= ratio + other)
    }
}
