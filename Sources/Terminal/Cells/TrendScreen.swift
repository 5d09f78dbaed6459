import AQICore
import Texts

extension Dashboard {
    /// Columns left of the plot: the scale; right of it: the sub-indices of the level lines.
    private static let scaleColumns = 9
    private static let levelColumns = 6

    static func plotColumns(_ columns: Int) -> Int { columns - scaleColumns - levelColumns }

    /// The course of one pollutant, with the breakpoints of its sub-index as lines, and a cursor that reads it.
    func trend(_ snapshot: Snapshot, _ view: ViewState, _ history: History?, _ canvas: inout Canvas) {
        guard let station = view.station(of: snapshot) else {
            canvas.put(words.noStations, row: Dashboard.top, column: 1)
            return
        }
        let pollutant = view.pollutant
        var column = canvas.put(words.indicator(Indicator(pollutant)), row: Dashboard.top, column: 1, style: .strong)
        column = canvas.put(
            pollutant == .co ? "mg/m\(cubed)" : "\(micro)g/m\(cubed)", row: Dashboard.top, column: column + 1)
        for range in TrendRange.allCases {
            let name = words.ranges[range.rawValue]
            column = canvas.put(
                range == view.range ? "[\(name)]" : " \(name) ", row: Dashboard.top, column: column + 1,
                style: range == view.range ? .strong : .faint)
        }
        canvas.put(
            station.name.fitting(canvas.columns - column - 3), row: Dashboard.top, column: column + 2, style: .strong)
        guard let history, history.station == station.key, let last = station.hour, !history.rows.isEmpty else {
            canvas.put(
                station.hour == nil ? words.waitingForHour : words.waitingForHistory, row: Dashboard.top + 2, column: 1)
            return
        }
        let course = TrendCourse(history, pollutant, last: last, hours: view.range.hours)
        plot(course, station, view, &canvas)
        reading(course, view, &canvas)
    }

    private var cubed: String { glyphs == .ascii ? "3" : "³" }
    private var micro: String { glyphs == .ascii ? "u" : "µ" }

    private func plot(_ course: TrendCourse, _ station: Snapshot.Station, _ view: ViewState, _ canvas: inout Canvas) {
        let top = Dashboard.top + 1
        let rows = canvas.rows - 4 - top
        var plot = Plot(rows: rows, columns: Dashboard.plotColumns(canvas.columns), glyphs: glyphs)
        guard rows > 1, plot.width > 0 else { return }
        let table = Edition(forPeriodEndingAt: course.last.endingLabel).rules
            .table(of: Indicator(course.pollutant), in: .realtime)
        let ceiling = ceiling(course, table)
        func height(_ thousandths: Int32, of points: Int) -> Int {
            Int(Int64(max(thousandths, 0)) * Int64(points - 1) / Int64(ceiling))
        }
        levelLines(table, ceiling: ceiling, rows: rows, from: top, &canvas)
        scale(course.pollutant, ceiling: ceiling, rows: rows, from: top, &canvas)
        var before: (x: Int, y: Int)?
        for x in 0..<plot.width {
            guard let value = course.value(atPoint: x, of: plot.width) else {
                before = nil
                continue
            }
            let y = height(value, of: plot.height)
            // Joined to the point before it, so that a steep course is one line.
            if let before {
                for between in min(before.y, y)...max(before.y, y) { plot.set(x: x, y: between) }
            }
            plot.set(x: x, y: y)
            before = (x, y)
        }
        let cursor = view.cursor.map { course.column(of: $0, of: plot.columns) }
        for row in 0..<rows {
            for column in 0..<plot.columns {
                guard let cell = plot.cell(row: row, column: column) else { continue }
                canvas.put(cell, row: top + row, column: Dashboard.scaleColumns + column, style: .strong)
            }
            if let cursor, plot.columns > cursor, cursor >= 0, plot.cell(row: row, column: cursor) == nil {
                canvas.put(glyphs.upright, row: top + row, column: Dashboard.scaleColumns + cursor, style: .faint)
            }
        }
        times(course, columns: plot.columns, row: top + rows, &canvas)
    }

    /// The top of the scale: the largest value or the first level line above it, whichever is higher, and never nothing.
    private func ceiling(_ course: TrendCourse, _ table: BreakpointTable?) -> Int32 {
        let highest = course.highest ?? 0
        guard let table else { return max(highest, 1000) }
        for place in 0..<table.count where table.band(place).high >= highest {
            return max(table.band(place).high, 1000)
        }
        return max(highest, table.last, 1000)
    }

    /// The breakpoints as lines, each with its sub-index.
    private func levelLines(
        _ table: BreakpointTable?, ceiling: Int32, rows: Int, from top: Int, _ canvas: inout Canvas
    ) {
        guard let table else { return }
        let width = Dashboard.plotColumns(canvas.columns)
        for place in 0..<table.count {
            let band = table.band(place)
            guard band.high <= ceiling, band.high > 0 else { break }
            let row = top + rows - 1 - Int(Int64(band.high) * Int64(rows - 1) / Int64(ceiling))
            canvas.put(
                String(repeating: glyphs.dotted, count: width), row: row, column: Dashboard.scaleColumns, style: .faint)
            canvas.put(
                " \(band.highIndex) ", row: row, endingAt: canvas.columns,
                style: .level(AirQualityLevel(index: band.highIndex)))
        }
    }

    private func scale(_ pollutant: Pollutant, ceiling: Int32, rows: Int, from top: Int, _ canvas: inout Canvas) {
        // The top, the middle and the bottom.
        for row in Set([0, (rows - 1) / 2, rows - 1]) {
            let value = Int32(Int64(ceiling) * Int64(rows - 1 - row) / Int64(max(rows - 1, 1)))
            canvas.put(
                DecimalWriting.fixed(thousandths: value, decimals: pollutant == .co ? 1 : 0), row: top + row,
                endingAt: Dashboard.scaleColumns - 2, style: .faint)
        }
        for row in 0..<rows {
            canvas.put(glyphs.upright, row: top + row, column: Dashboard.scaleColumns - 1, style: .faint)
        }
    }

    /// When: at the left end, in the middle, and at the right one.
    private func times(_ course: TrendCourse, columns: Int, row: Int, _ canvas: inout Canvas) {
        let middle = course.first + (course.hours - 1) / 2
        let left = Dashboard.scaleColumns
        canvas.put(course.first.endingLabel.dateAndClock, row: row, column: left, style: .faint)
        if columns >= 60 {
            let text = middle.endingLabel.dateAndClock
            canvas.put(text, row: row, column: left + (columns - text.columns) / 2, style: .faint)
        }
        canvas.put(course.last.endingLabel.dateAndClock, row: row, endingAt: left + columns, style: .faint)
    }

    /// What stands under the cursor, or without one the newest hour; and the range of what is shown.
    private func reading(_ course: TrendCourse, _ view: ViewState, _ canvas: inout Canvas) {
        let row = canvas.rows - 3
        let hour = view.cursor ?? course.last
        let value = course[hour]
        var column = canvas.put(
            "\(view.cursor == nil ? words.newestHour : words.atCursor) \(hour.endingLabel.dateAndClock)", row: row,
            column: 1)
        if let thousandths = value.thousandths {
            column = canvas.put(shown(thousandths, course.pollutant), row: row, column: column + 2, style: .strong)
            let rules = Edition(forPeriodEndingAt: hour.endingLabel).rules
            if let table = rules.table(of: Indicator(course.pollutant), in: .realtime),
                let subIndex = rules.evaluate(Mean(sum: Int64(thousandths), count: 1), by: table).subIndex
            {
                let level = AirQualityLevel(index: subIndex)
                column = canvas.put("IAQI ", row: row, column: column + 2)
                column = canvas.put(glyphs.pattern(level), row: row, column: column)
                column = canvas.put(
                    " \(subIndex) \(words.shortLevel(level)) ", row: row, column: column, style: .level(level))
            }
        } else {
            let mark = value.reason == .absent ? "" : " (\(value.reason.text))"
            column = canvas.put("\(words.flag(value.reason))\(mark)", row: row, column: column + 2, style: .alert)
        }
        if let lowest = course.lowest, let highest = course.highest {
            canvas.put(
                "\(shown(lowest, course.pollutant)) ... \(shown(highest, course.pollutant))", row: row,
                endingAt: canvas.columns - 1, style: .faint)
        }
    }
}

/// The hours of one pollutant that a trend shows.
private struct TrendCourse {
    let pollutant: Pollutant
    let last: Hour
    let hours: Int32
    private let history: History
    private let course: Course

    init(_ history: History, _ pollutant: Pollutant, last: Hour, hours: Int32) {
        self.history = history
        self.pollutant = pollutant
        self.last = last
        self.hours = hours
        course = Course((0..<hours).map { history[last - (hours - 1) + $0, pollutant] })
    }

    var first: Hour { last - (hours - 1) }
    var highest: Int32? { course.highest }
    var lowest: Int32? { course.lowest }
    subscript(hour: Hour) -> Concentration { history[hour, pollutant] }

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
}
