/// `A` of consecutive hours, and what "What each hour decides", 3 to 5, makes of it. Hours are integers.
struct SlowSeries {
    enum Plan {
        case langfang
        case national
        var base: Int { self == .langfang ? 200 : 150 }
    }

    /// 1 yellow, 2 orange, 3 red; 0 none.
    typealias Level = Int

    let plan: Plan
    let first: Int
    var now = 0
    /// The sub-indices of `A` from `first` to `last`; empty where a daily forecast gives the index alone.
    var subIndices: [[Int]] = []
    /// `A` itself; nil where it is not known.
    var index: [Int?] = []

    var last: Int { first + index.count - 1 }

    func a(_ hour: Int) -> Int? { hour >= first && hour <= last ? index[hour - first] : nil }

    mutating func append(_ subIndices: [Int]) {
        self.subIndices.append(subIndices)
        index.append(SlowAir.index(subIndices, base: plan.base))
    }

    /// 3. Two heavy hours belong to different spells when at least 37 known hours at or below the base lie between them.
    func spells() -> [ClosedRange<Int>] {
        var spells: [ClosedRange<Int>] = []
        // Known hours so far, at every heavy hour: what lies between two of them is a difference.
        var known = 0
        var knownAtHeavy = 0
        var hour = first
        while hour <= last {
            if let value = a(hour) {
                known += 1
                if value > plan.base {
                    if let spell = spells.last, known - knownAtHeavy - 1 < 37 {
                        spells[spells.count - 1] = spell.lowerBound...hour
                    } else {
                        spells.append(hour...hour)
                    }
                    knownAtHeavy = known
                }
            }
            hour += 1
        }
        return spells
    }

    /// 3. The last heavy hour is not over, and the first one is near.
    func activeSpells() -> [ClosedRange<Int>] {
        spells().filter { $0.upperBound >= now && $0.lowerBound <= now + 95 }
    }

    /// 4. The spell's earliest hour above, then the earliest at least 24 h later, and so on.
    func days(_ bound: Int, _ spell: ClosedRange<Int>, cautious: Bool) -> Int {
        var days = 0
        var hour = spell.lowerBound
        while hour <= spell.upperBound {
            let isAbove = a(hour).map { $0 > bound } ?? (cautious && hour < now)
            if isAbove { days += 1 }
            hour += isAbove ? 24 : 1
        }
        return days
    }

    /// 4. The level that a spell meets; `cautious`: with the unknown hours before now as above every bound.
    func level(_ spell: ClosedRange<Int>, cautious: Bool = false) -> Level {
        func days(_ bound: Int) -> Int { self.days(bound, spell, cautious: cautious) }
        var top = 0
        var hour = max(now, spell.lowerBound)
        while hour <= spell.upperBound {
            if let value = a(hour), value > plan.base { top = max(top, value) }
            hour += 1
        }
        let severe = top > 300
        switch plan {
        case .langfang:
            if top >= 500 || (severe && days(200) >= 4 && days(300) >= 2) { return 3 }
            let days = days(200)
            return days >= 3 ? 2 : days >= 2 ? 1 : 0
        case .national:
            let days200 = days(200)
            if severe, days200 >= 3, days(300) >= 1 { return 3 }
            let days150 = days(150)
            if days200 >= 2 || days150 >= 3 { return 2 }
            return days200 >= 1 || days150 >= 2 ? 1 : 0
        }
    }

    /// The primary pollutants of the largest `A` of a spell; nil where several hours share it with different ones, so that any
    /// of them will do.
    func primary(_ spell: ClosedRange<Int>) -> [String]? {
        let largest = spell.compactMap(a).max()
        let candidates = spell.filter { a($0) == largest }.map { SlowAir.primary(subIndices[$0 - first]) }
        return Set(candidates).count == 1 ? candidates.first : nil
    }

    /// How a run of hours is known: all of them, and all at or below the base.
    func areKnown(_ hours: ClosedRange<Int>) -> Bool { hours.allSatisfy { a($0) != nil } }
    func isClean(_ hour: Int) -> Bool { a(hour).map { $0 <= plan.base } ?? false }
    func isHeavy(_ hour: Int) -> Bool { a(hour).map { $0 > plan.base } ?? false }
}
