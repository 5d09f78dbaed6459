/// The hours of one station with their windows, and so far back that an hour which comes late, or is corrected, can still be
/// put right with everything that follows from it.
///
/// Fixed memory (about 8 KB), no allocation. Taking an hour in is constant work, revising one at most 62 steps of the windows.
public struct StationHours: Sendable {
    /// Hours that can still be revised: a week.
    public static let depth: Int32 = 7 * 24

    /// The windows that end with the last hour.
    public private(set) var windows = StationWindows()

    /// The last week, and the hours that its oldest windows reach back.
    private var rows = InlineArray<199, HourRow>(repeating: HourRow())

    /// Hours in which nothing came yet.
    public init() {}

    /// The hour taken in last, or nil before the first.
    public var last: Hour? { windows.last }

    /// The concentrations of an hour; all absent where the hour is not kept.
    public func row(at hour: Hour) -> HourRow {
        guard let last, hour <= last, last - hour < StationHours.keptHours else { return HourRow() }
        return rows[StationHours.place(of: hour)]
    }

    /// Takes one hour in. Hours between the last one and this one are missing.
    ///
    /// - Throws: ``WindowError/notLater(last:given:)`` for an hour that is not after the last one; nothing changes then.
    public mutating func advance(to hour: Hour, _ row: HourRow) throws(WindowError) {
        let before = last
        try windows.advance(to: hour, row)
        if let before {
            var absent = max(before + 1, hour - (StationHours.keptHours - 1))
            while absent < hour {
                rows[StationHours.place(of: absent)] = HourRow()
                absent = absent + 1
            }
        }
        rows[StationHours.place(of: hour)] = row
    }

    /// Puts an hour right that was taken in before, or was missing.
    ///
    /// - Parameters:
    ///   - hour: Not after the last hour, and not more than ``depth`` hours old.
    ///   - row: What the hour really was. The same as before changes nothing.
    ///   - body: Called for the hour and each later one whose windows the hour is part of, in order, with the windows that end
    ///     there.
    /// - Returns: Whether anything changed.
    /// - Throws: ``WindowError``; nothing changes then.
    @discardableResult
    public mutating func revise(
        _ hour: Hour, _ row: HourRow, _ body: (Hour, StationWindows) -> Void
    ) throws(WindowError) -> Bool {
        guard let last, hour <= last else { throw .notYet(last: last, given: hour) }
        guard last - hour < StationHours.depth else {
            throw .tooOld(oldest: last - (StationHours.depth - 1), given: hour)
        }
        guard rows[StationHours.place(of: hour)] != row else { return false }
        rows[StationHours.place(of: hour)] = row
        var replayed = StationWindows()
        var next = hour - StationWindows.memory
        let end = min(last, hour + (StationWindows.memory - 1))
        while next <= end {
            // The hours follow one another.
            try replayed.advance(to: next, rows[StationHours.place(of: next)])
            if next >= hour { body(next, replayed) }
            next = next + 1
        }
        if end == last { windows = replayed }
        return true
    }

    private static let keptHours: Int32 = 199

    private static func place(of hour: Hour) -> Int {
        let place = hour.start % keptHours
        return Int(place < 0 ? place + keptHours : place)
    }
}
