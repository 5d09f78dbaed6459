import TestSupport
/// Weeks of a city made up from a seed: hours with gaps, forecasts right and wrong, orders, dust. Hours are integers (starts,
/// since 1970), concentrations thousandths, levels 1...3, so that the slow implementation and the engine get the same.
struct RandomHistory {
    enum Input {
        /// Hourly concentrations from an hour on.
        case hourly(first: Int, rows: [[Int?]])
        /// The index of one natural day, or that it is not known any more.
        case daily(day: Int, index: Int?)
        case order(Int?, from: String)
        case consent(Int, from: String)
        case dust(ClosedRange<Int>)
    }

    let seed: UInt64
    let first: Int
    /// PM2.5, PM10, SO2, NO2, CO, by hour from `first` on.
    private(set) var rows: [[Int?]] = []
    /// What becomes known before the hour is decided.
    private(set) var inputs: [Int: [Input]] = [:]

    /// PM2.5 that stands for an index under HJ 633-2012, in thousandths.
    private static func pm25(index: Int) -> Int {
        let nodes = [
            (0, 0), (50, 35), (100, 75), (150, 115), (200, 150), (300, 250), (400, 350), (500, 500), (900, 900),
        ]
        for (low, high) in zip(nodes, nodes.dropFirst()) where index <= high.0 {
            return (low.1 * 1000) + (index - low.0) * (high.1 - low.1) * 1000 / (high.0 - low.0)
        }
        return 900_000
    }

    private static let cleanLevels = [0, 20, 60, 100, 120, 149, 150, 151, 180, 199, 200]
    private static let heavyLevels = [201, 202, 230, 260, 299, 300, 301, 310, 350, 420, 490, 500, 520, 900]

    init(seed: UInt64) {
        self.seed = seed
        var random = SeededRandom(seed: seed)
        let hours = random.integer(90...170)
        // Mostly some winter, sometimes over the change of editions.
        first =
            random.chance(15)
            ? 1_772_294_400 / 3600 - random.integer(0...hours) : 411_616 + random.integer(0...48)
        let truth = RandomHistory.weather(hours: hours + 150, &random)
        observe(truth, hours: hours, &random)
        switch random.integer(0...9) {
        case 0...3: foreseeHours(truth, hours: hours, &random)
        case 4...7: foreseeDays(truth, hours: hours, &random)
        default: break
        }
        if random.chance(35) { command(hours: hours, &random) }
        if random.chance(20) { raiseDust(hours: hours, &random) }
    }

    /// The concentrations as they really are: regimes of hours to days, with noise or exactly on a limit.
    private static func weather(hours: Int, _ random: inout SeededRandom) -> [[Int]] {
        var rows: [[Int]] = []
        let noise = [0, 0, 10, 40].randomElement(using: &random) ?? 0
        let heavyPercent = [20, 45, 60, 80].randomElement(using: &random) ?? 50
        // A city of dust or of sulphur now and then.
        let leader = random.chance(85) ? 0 : random.integer(1...4)
        while rows.count < hours {
            let isHeavy = random.chance(heavyPercent)
            let levels = isHeavy ? heavyLevels : cleanLevels
            let index = levels.randomElement(using: &random) ?? 0
            let length = random.chance(30) ? random.integer(1...10) : random.integer(15...(isHeavy ? 90 : 70))
            for _ in 0..<length {
                let exact = pm25(index: index)
                let spread = exact * noise / 100
                let value = max(0, exact + (spread == 0 ? 0 : random.integer(-spread...spread)))
                switch leader {
                case 0: rows.append([value, value * 11 / 10, 12_000, 40_000, 900])
                case 1: rows.append([value / 3, value * 3 / 2, 12_000, 40_000, 900])
                case 2: rows.append([value / 3, value / 2, value * 6, 40_000, 900])
                case 3: rows.append([value / 3, value / 2, 12_000, value * 2, 900])
                default: rows.append([value / 3, value / 2, 12_000, 40_000, value / 8])
                }
            }
        }
        return rows
    }

    /// What the stations make of it: outages of everything, of particulates, of single values.
    private mutating func observe(_ truth: [[Int]], hours: Int, _ random: inout SeededRandom) {
        let outagePercent = [0, 0, 1, 4].randomElement(using: &random) ?? 0
        let singlePercent = [0, 2, 15].randomElement(using: &random) ?? 0
        var allSilent = 0
        var particulatesSilent = 0
        for hour in 0..<hours {
            if random.chance(outagePercent) { allSilent = random.integer(1...(random.chance(30) ? 60 : 8)) }
            if random.chance(outagePercent) { particulatesSilent = random.integer(1...(random.chance(30) ? 60 : 8)) }
            var row = truth[hour].map { random.chance(singlePercent) ? nil : Optional($0) }
            if particulatesSilent > 0 { row[random.chance(50) ? 0 : 1] = nil }
            if allSilent > 0 { row = [nil, nil, nil, nil, nil] }
            allSilent -= 1
            particulatesSilent -= 1
            rows.append(row)
        }
    }

    private mutating func foreseeHours(_ truth: [[Int]], hours: Int, _ random: inout SeededRandom) {
        let horizons = [1, 12, 24, 25, 30, 35, 36, 37, 48, 72, 96, 110]
        var hour = random.integer(0...30)
        while hour < hours {
            let horizon = horizons.randomElement(using: &random) ?? 36
            let percent = random.chance(40) ? 100 : random.integer(30...180)
            // Known late, or of hours that begin later.
            let start = max(0, hour + [0, 1, 1, 1, -3, 4].randomElement(using: &random, or: 1))
            var values: [[Int?]] = (start..<start + horizon).map { place in
                truth[min(place, truth.count - 1)].map { $0 * percent / 100 }
            }
            if random.chance(25) {
                let hole = random.integer(0...horizon - 1)
                for place in hole..<min(horizon, hole + random.integer(1...12)) {
                    values[place] = random.chance(50) ? [nil, nil, nil, nil, nil] : [nil] + values[place][1...]
                }
            }
            inputs[first + hour, default: []].append(.hourly(first: first + start, rows: values))
            hour += random.chance(15) ? random.integer(1...6) : random.integer(12...60)
        }
    }

    private mutating func foreseeDays(_ truth: [[Int]], hours: Int, _ random: inout SeededRandom) {
        var hour = random.integer(0...30)
        let levels = RandomHistory.cleanLevels + RandomHistory.heavyLevels
        while hour < hours {
            let today = (first + hour + 8) / 24
            for ahead in 0..<random.integer(1...6) {
                let noon = min(max(0, (today + ahead) * 24 + 12 - 8 - first), truth.count - 1)
                let near = levels.min { left, right in
                    abs(RandomHistory.pm25(index: left) - truth[noon][0])
                        < abs(RandomHistory.pm25(index: right) - truth[noon][0])
                }
                var index = random.chance(70) ? near : levels.randomElement(using: &random)
                if let value = index { index = random.chance(6) ? nil : min(value, 500) }
                inputs[first + hour, default: []].append(.daily(day: today + ahead, index: index))
            }
            hour += random.integer(5...40)
        }
    }

    private mutating func command(hours: Int, _ random: inout SeededRandom) {
        for _ in 0..<random.integer(1...6) {
            let hour = first + random.integer(0...hours - 1)
            let authority = random.chance(60) ? "province" : "ministry"
            let level = random.integer(1...3)
            if random.chance(30) {
                inputs[hour, default: []].append(.consent(level, from: authority))
            } else {
                inputs[hour, default: []].append(.order(random.chance(35) ? nil : level, from: authority))
            }
        }
    }

    private mutating func raiseDust(hours: Int, _ random: inout SeededRandom) {
        for _ in 0..<random.integer(1...3) {
            let known = first + random.integer(0...hours - 1)
            let start = known + random.integer(-60...60)
            inputs[known, default: []].append(.dust(start...start + random.integer(0...30)))
        }
    }
}

extension Array {
    fileprivate func randomElement(using random: inout SeededRandom, or other: Element) -> Element {
        randomElement(using: &random) ?? other
    }
}
