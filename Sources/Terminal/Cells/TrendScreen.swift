import AQICore
import Texts

extension Dashboard {
    /// Columns left of the plot: the scale; right of it: the sub-indices of the level lines.
    private static let scaleColumns = 9
    private static let levelColumns = 6

    static func plotColumns(_ columns: Int) -> Int { columns - scaleColumns - levelColumns }

    /// The course of one channel, of a pollutant with the breakpoints of its sub-index as lines, and a cursor that reads it.
    func trend(_ snapshot: Snapshot, _ view: ViewState, _ history: History?, _ canvas: inout Canvas) {
        guard let station = view.station(of: snapshot) else {
            canvas.put(words.noStations, row: Dashboard.top, column: 1)
            return
        }
        let channel = view.channel
        var column = canvas.put(words.parameter(channel), row: Dashboard.top, column: 1, style: .strong)
        column = canvas.put(glyphs.unit(of: channel), row: Dashboard.top, column: column + 1)
        for range in TrendRange.allCases {
            let name = words.ranges[range.rawValue]
            column = canvas.put(
                range == view.range ? "[\(name)]" : " \(name) ", row: Dashboard.top, column: column + 1,
                style: range == view.range ? .strong : .faint)
        }
        canvas.put(
            station.name.fitting(canvas.columns - column - 3), row: Dashboard.top, column: column + 2, style: .strong)
        func say(_ text: String) { canvas.put(text, row: Dashboard.top + 2, column: 1) }
        guard let last = station.hour else { return say(words.waitingForHour) }
        guard let history, history.station == station.key, !history.rows.isEmpty, history.has(channel) else {
            return say(words.waitingForHistory)
        }
        let course = TrendCourse(history, channel, last: last, hours: view.range.hours)
        // Only the pollutants are kept as hours: of anything else they are made of samples.
        if channel.pollutant == nil, course.highest == nil { return say(words.noHoursOfChannel) }
        plot(course, view, &canvas)
        reading(course, view, &canvas)
    }

    private func plot(_ course: TrendCourse, _ view: ViewState, _ canvas: inout Canvas) {
        let top = Dashboard.top + 1
        let rows = canvas.rows - 4 - top
        var plot = Plot(rows: rows, columns: Dashboard.plotColumns(canvas.columns), glyphs: glyphs)
        guard rows > 1, plot.width > 0 else { return }
        let table = course.parameter.pollutant.flatMap {
            Edition(forPeriodEndingAt: course.last.endingLabel).rules.table(of: Indicator($0), in: .realtime)
        }
        let scale = course.scale(table)
        if let table { levelLines(table, scale, rows: rows, from: top, &canvas) }
        put(scale, of: course.parameter, rows: rows, from: top, &canvas)
        var before: (x: Int, y: Int)?
        for x in 0..<plot.width {
            guard let value = course.value(atPoint: x, of: plot.width) else {
                before = nil
                continue
            }
            let y = scale.place(of: value, among: plot.height)
            // Joined to the point before it, so that a steep course is one line; from 359 to 1 degree there is no way.
            if let before, course.parameter != .windDirection {
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

    /// The breakpoints as lines, each with its sub-index.
    private func levelLines(
        _ table: BreakpointTable, _ scale: TrendScale, rows: Int, from top: Int, _ canvas: inout Canvas
    ) {
        let width = Dashboard.plotColumns(canvas.columns)
        for place in 0..<table.count {
            let band = table.band(place)
            guard band.high <= scale.highest, band.high > 0 else { break }
            let row = top + rows - 1 - scale.place(of: band.high, among: rows)
            canvas.put(
                String(repeating: glyphs.dotted, count: width), row: row, column: Dashboard.scaleColumns, style: .faint)
            canvas.put(
                " \(band.highIndex) ", row: row, endingAt: canvas.columns,
                style: .level(AirQualityLevel(index: band.highIndex)))
        }
    }

    private func put(_ scale: TrendScale, of parameter: Parameter, rows: Int, from top: Int, _ canvas: inout Canvas) {
        // The top, the middle and the bottom.
        for row in Set([0, (rows - 1) / 2, rows - 1]) {
            let value = scale.value(at: rows - 1 - row, among: rows)
            canvas.put(
                DecimalWriting.fixed(thousandths: value, decimals: scale.isFine(parameter) ? 1 : 0), row: top + row,
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
            column = canvas.put(shown(thousandths, course.parameter), row: row, column: column + 2, style: .strong)
            let rules = Edition(forPeriodEndingAt: hour.endingLabel).rules
            if let pollutant = course.parameter.pollutant,
                let table = rules.table(of: Indicator(pollutant), in: .realtime),
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
                "\(shown(lowest, course.parameter)) ... \(shown(highest, course.parameter))", row: row,
                endingAt: canvas.columns - 1, style: .faint)
        }
    }
}
