import AQICore

/// The hours of one channel that a trend shows; pure.
struct TrendCourse {
    let parameter: Parameter
    let last: Hour
    let hours: Int32
    private let history: History
    private let course: Course

    init(_ history: History, _ parameter: Parameter, last: Hour, hours: Int32) {
        self.history = history
        self.parameter = parameter
        self.last = last
        self.hours = hours
        course = Course((0..<hours).map { history[last - (hours - 1) + $0, parameter] })
    }

    var first: Hour { last - (hours - 1) }
    var highest: Int32? { course.highest }
    var lowest: Int32? { course.lowest }
    subscript(hour: Hour) -> Concentration { history[hour, parameter] }

    /// The largest value of the hours that fall on one of so many points; nil where there is none.
    func value(atPoint point: Int, of points: Int) -> Int32? {
        let from = Int(hours) * point / points
        let until = max(Int(hours) * (point + 1) / points, from + 1)
        return course.values[from..<min(until, course.values.count)].compactMap(\.thousandths).max()
    }

    /// The column of an hour.
    func column(of hour: Hour, of columns: Int) -> Int {
        let offset = Int64(hour.start) - Int64(first.start)
        return Int(min(max(offset, 0), Int64(hours) - 1) * Int64(columns) / Int64(hours))
    }

    /// From where to where the plot reaches: the pollutants from 0 to the first level line above all values, a wind's direction round
    /// the compass, anything else as its values do, in whole units.
    func scale(_ table: BreakpointTable?) -> TrendScale {
        let (lowest, highest) = (lowest ?? 0, highest ?? 0)
        if parameter == .windDirection { return TrendScale(lowest: 0, highest: 360_000) }
        if let table {
            for place in 0..<table.count where table.band(place).high >= highest {
                return TrendScale(lowest: 0, highest: max(table.band(place).high, 1000))
            }
            return TrendScale(lowest: 0, highest: max(highest, table.last, 1000))
        }
        let isAmount = [.no, .nox, .windSpeed].contains(parameter) || parameter.pollutant != nil
        let floor = isAmount ? 0 : Self.wholeUnit(atMost: Int64(lowest))
        let ceiling = -Self.wholeUnit(atMost: -Int64(highest))
        return TrendScale(
            lowest: Int32(clamping: floor), highest: Int32(clamping: max(ceiling, floor + 1000)))
    }

    private static func wholeUnit(atMost value: Int64) -> Int64 { value - (value % 1000 + 1000) % 1000 }
}

/// The ends of a plot, thousandths.
struct TrendScale: Equatable {
    let lowest: Int32
    let highest: Int32

    private var span: Int64 { Int64(highest) - Int64(lowest) }

    /// Where a value is among so many points, 0 at the lowest; at an end where it lies beyond.
    func place(of value: Int32, among points: Int) -> Int {
        Int((Int64(min(max(value, lowest), highest)) - Int64(lowest)) * Int64(points - 1) / span)
    }

    func value(at point: Int, among points: Int) -> Int32 {
        Int32(Int64(lowest) + span * Int64(point) / Int64(max(points - 1, 1)))
    }

    /// Whether whole numbers beside it would say too little.
    func isFine(_ parameter: Parameter) -> Bool { parameter == .co || (parameter.pollutant == nil && span < 10_000) }
}
