/// `A` and `H` of the contract ("What each hour decides", 2), worked out with integers from tables typed a second time.
/// Hours are integers, concentrations thousandths; the five pollutants stand in the order of the columns. Nothing here is
/// shared with the code under test.
enum SlowAir {
    static let names = ["pm25", "pm10", "so2", "no2", "co"]

    /// Stands for a sub-index that is not there.
    static let none = -1

    /// HJ 633-2026 holds for periods that end after 2026-03-01T00:00+08:00; this is the first such hour's start.
    static let firstHourOf2026 = (1_772_294_400 / 3600)

    private static let indices = [0, 50, 100, 150, 200, 300, 400, 500]

    /// HJ 633-2012 table 1; the daily rows judge particulates of an hour, too.
    private static let day = [
        [0, 35, 75, 115, 150, 250, 350, 500], [0, 50, 150, 250, 350, 420, 500, 600],
        [0, 50, 150, 475, 800, 1600, 2100, 2620], [0, 40, 80, 180, 280, 565, 750, 940], [0, 2, 4, 14, 24, 36, 48, 60],
    ]
    private static let hour = [
        day[0], day[1], [0, 150, 500, 650, 800], [0, 100, 200, 700, 1200, 2340, 3090, 3840],
        [0, 5, 10, 35, 60, 90, 120, 150],
    ]
    /// HJ 633-2026 table 3: the particulates' limit at 100 is another.
    private static let particulatesOf2026 = [
        [0, 35, 60, 115, 150, 250, 350, 500], [0, 50, 120, 250, 350, 420, 500, 600],
    ]

    /// Rounded half to even.
    private static func nearest(_ top: Int, over bottom: Int) -> Int {
        let floor = top >= 0 ? top / bottom : -((bottom - 1 - top) / bottom)
        let twice = 2 * (top - floor * bottom)
        if twice == bottom { return floor % 2 == 0 ? floor : floor + 1 }
        return twice < bottom ? floor : floor + 1
    }

    /// The sub-index of the mean `sum / count`; nil for an hour of SO2 above 800 under HJ 633-2012.
    static func subIndex(sum: Int, count: Int, _ pollutant: Int, isHour: Bool, of2026: Bool) -> Int? {
        // The value is top / bottom in whole units.
        var top = sum
        var bottom = count * 1000
        if of2026 {
            // 4.2.3: rounded first.
            let step = pollutant == 4 ? 100 : 1000
            top = nearest(sum, over: count * step) * step
            bottom = 1000
        }
        if top <= 0 { return 0 }
        let limits =
            of2026 && pollutant < 2 ? particulatesOf2026[pollutant] : (isHour ? hour : day)[pollutant]
        var place = 1
        while place < limits.count {
            guard top <= limits[place] * bottom else {
                place += 1
                continue
            }
            let rise = (indices[place] - indices[place - 1]) * (top - limits[place - 1] * bottom)
            let run = (limits[place] - limits[place - 1]) * bottom
            return indices[place - 1] + (rise + run - 1) / run
        }
        if pollutant == 2, isHour { return of2026 ? 200 : nil }
        return 500
    }

    /// What is known of an hour: the largest sub-index, or nil. Unknown where PM2.5 or PM10 is missing or not valid, unless what
    /// is there gives more than `base`.
    static func index(_ subIndices: [Int], base: Int) -> Int? {
        var largest = none
        for subIndex in subIndices where subIndex > largest { largest = subIndex }
        if largest == none { return nil }
        if subIndices[0] == none || subIndices[1] == none, largest <= base { return nil }
        return largest
    }

    /// The pollutants that share the largest sub-index.
    static func primary(_ subIndices: [Int]) -> [String] {
        guard let largest = subIndices.max(), largest > 50 else { return [] }
        return zip(names, subIndices).filter { $0.1 == largest }.map(\.0)
    }

    /// The sub-indices of the 24 h means of windows that end with the hours of `range`; a mean needs 20 hours.
    static func running24(_ range: ClosedRange<Int>, _ row: (Int) -> [Int?]?) -> [[Int]] {
        var results = Array(repeating: [none, none, none, none, none], count: range.count)
        // Loops, not closures: this is most of what the tests do.
        var rows: [[Int?]?] = []
        var hour = range.lowerBound - 23
        while hour <= range.upperBound {
            rows.append(row(hour))
            hour += 1
        }
        var pollutant = 0
        while pollutant < 5 {
            var sum = 0
            var count = 0
            var place = 0
            while place < rows.count {
                if let value = rows[place]?[pollutant] { (sum, count) = (sum + value, count + 1) }
                if place >= 24, let value = rows[place - 24]?[pollutant] { (sum, count) = (sum - value, count - 1) }
                if place >= 23, count >= 20 {
                    results[place - 23][pollutant] =
                        subIndex(
                            sum: sum, count: count, pollutant, isHour: false,
                            of2026: range.lowerBound + place - 23 >= firstHourOf2026) ?? none
                }
                place += 1
            }
            pollutant += 1
        }
        return results
    }

    /// The sub-indices of the hour itself; SO2 above 800 falls back on its 24 h mean (HJ 633-2012, note 2).
    static func realtime(_ hour: Int, _ values: [Int?]?, running24: [Int]) -> [Int] {
        (0..<5).map { pollutant in
            guard let value = values?[pollutant] else { return none }
            let own = subIndex(sum: value, count: 1, pollutant, isHour: true, of2026: hour >= firstHourOf2026)
            return own ?? running24[pollutant]
        }
    }
}
