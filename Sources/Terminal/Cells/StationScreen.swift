import AQICore
import Texts

extension Dashboard {
    /// Rows above the pollutants: two indices, a remark, the titles.
    static let stationHeadRows = 5
    /// Hours of the small course of time of each pollutant.
    private static let sparkHours = 48

    /// One station: values, hours, means, sub-indices, the last two days.
    func station(_ snapshot: Snapshot, _ view: ViewState, _ history: History?, _ canvas: inout Canvas) {
        guard let station = view.station(of: snapshot) else {
            canvas.put(words.noStations, row: Dashboard.top, column: 1)
            return
        }
        title(station, &canvas)
        index(station, &canvas)
        table(snapshot, station, view, &canvas)
        let below = others(snapshot, station, view, &canvas)
        let last = courses(station, history, from: below, &canvas)
        let room = canvas.rows - 1 - last - 1
        guard room > 0 else { return }
        rule(words.logTitle, row: last, &canvas)
        put(snapshot.log.suffix(room), from: last + 1, &canvas)
    }

    private func title(_ station: Snapshot.Station, _ canvas: inout Canvas) {
        let row = Dashboard.top
        canvas.put(station.name.fitting(canvas.columns - 2), row: row, column: 1, style: .strong)
    }

    private func index(_ station: Snapshot.Station, _ canvas: inout Canvas) {
        guard let hour = station.hour else {
            canvas.put(words.waitingForHour, row: Dashboard.top + 1, column: 1)
            return
        }
        let label = hour.endingLabel.clock
        for (row, title, report) in [
            (Dashboard.top + 1, words.hourTo, station.realtime), (Dashboard.top + 2, words.dayTo, station.running24),
        ] {
            canvas.put("\(title) \(label == "00:00" ? "24:00" : label)", row: row, column: 1)
            let column = put(
                report, row: row, column: canvas.put("AQI ", row: row, column: 18), isLong: true, &canvas)
            if let report, report.index != nil {
                let primary = Indicator.allSeven.filter(report.primary.contains).map(words.indicator)
                let text = primary.isEmpty ? words.noPrimary : primary.joined(separator: ", ")
                canvas.put("\(words.primaryPollutant) \(text)", row: row, column: max(column + 2, 51))
            } else if let note = report?.note, !note.isEmpty {
                canvas.put(note, row: row, column: max(column + 2, 51), style: .alert)
            }
        }
    }

    private func table(_ snapshot: Snapshot, _ station: Snapshot.Station, _ view: ViewState, _ canvas: inout Canvas) {
        let notes = notes(station, at: snapshot.time).joined(separator: " \(glyphs.between) ")
        canvas.put(notes.fitting(canvas.columns - 2), row: Dashboard.top + 3, column: 1, style: .alert)
        let ends = (now: 18, age: 28, soFar: 41, hour: 50, day: 60, subIndex: 67)
        let row = Dashboard.top + Dashboard.stationHeadRows - 1
        for (title, end) in [
            (words.columnNow, ends.now), (words.columnAge, ends.age), (words.columnHour, ends.soFar),
            (words.columnHourMean, ends.hour), (words.columnDayMean, ends.day), (words.columnSubIndex, ends.subIndex),
        ] { canvas.put(title, row: row, endingAt: end, style: .faint) }
        for (place, line) in station.lines.enumerated() {
            let row = row + 1 + place
            let isSelected = line.pollutant.parameter == view.channel
            if isSelected { canvas.put(">", row: row, column: 0, style: .strong) }
            canvas.put(words.indicator(line.indicator), row: row, column: 1, style: .strong)
            now(line, snapshot.time, row: row, ends: (ends.now, ends.age), &canvas)
            if let soFar = line.hourSoFar { canvas.put(shown(soFar, line.pollutant), row: row, endingAt: ends.soFar) }
            hour(line, row: row, endingAt: ends.hour, &canvas)
            if let day = line.day { canvas.put(shown(day, line.pollutant), row: row, endingAt: ends.day) }
            guard let subIndex = line.subIndex else { continue }
            let level = AirQualityLevel(index: subIndex)
            canvas.put(" \(subIndex) ", row: row, endingAt: ends.subIndex + 1, style: .level(level))
            canvas.put(glyphs.pattern(level), row: row, column: ends.subIndex + 2)
            canvas.put(bar(subIndex, width: canvas.columns - ends.subIndex - 5), row: row, column: ends.subIndex + 4)
        }
    }

    /// The newest value, or in words why there is none, and its age.
    private func now(
        _ line: Snapshot.Line, _ time: Instant, row: Int, ends: (now: Int, age: Int), _ canvas: inout Canvas
    ) {
        let isStale = line.isStale(at: time)
        switch line.latest {
        case nil: canvas.put("-", row: row, endingAt: ends.now, style: .faint)
        case let latest? where latest.isMissing:
            canvas.put(flag(latest.reason), row: row, endingAt: ends.now, style: .alert)
        case let latest?:
            canvas.put(
                shown(latest.packed, line.pollutant), row: row, endingAt: ends.now, style: isStale ? .faint : .plain)
        }
        guard let age = line.age(at: time) else { return }
        canvas.put(words.age(seconds: age), row: row, endingAt: ends.age, style: isStale ? .alert : .faint)
        if isStale { canvas.put("!", row: row, column: ends.age, style: .alert) }
    }

    private func hour(_ line: Snapshot.Line, row: Int, endingAt end: Int, _ canvas: inout Canvas) {
        guard let hour = line.hour else { return }
        guard let value = hour.thousandths else {
            canvas.put(hour.reason == .absent ? "-" : hour.reason.text, row: row, endingAt: end, style: .alert)
            return
        }
        canvas.put(shown(value, line.pollutant), row: row, endingAt: end)
        if !line.marks.suspicions.isEmpty { canvas.put("Q", row: row, column: end, style: .alert) }
    }

    /// A flag in words where they fit beside the pollutant's name, else its mark.
    private func flag(_ flag: DataFlag) -> String {
        let text = words.flag(flag)
        return text.columns <= 11 ? text : flag.text
    }

    /// A bar whose full width is an index of 500.
    private func bar(_ subIndex: Int32, width: Int) -> String {
        guard width > 0 else { return "" }
        let length = (Int(subIndex) * width + 499) / 500
        return String(repeating: glyphs.bar, count: min(width, max(length, 0)))
    }

    /// What else is measured, each with its age where it is stale, one behind the other.
    ///
    /// - Returns: The row after them.
    private func others(
        _ snapshot: Snapshot, _ station: Snapshot.Station, _ view: ViewState, _ canvas: inout Canvas
    ) -> Int {
        var row = Dashboard.top + Dashboard.stationHeadRows + Pollutant.count
        guard !station.others.isEmpty else { return row }
        var column = 1
        for other in station.others {
            let name = words.parameter(other.parameter)
            let unit = glyphs.unit(of: other.parameter)
            let value = other.latest.thousandths.map { shown($0, other.parameter) } ?? words.flag(other.latest.reason)
            let isStale = other.isStale(at: snapshot.time)
            let age = isStale ? " \(words.age(seconds: snapshot.time - other.measured))!" : ""
            let parts = [name, value, other.latest.isMissing ? "" : unit].filter { !$0.isEmpty }
            let text = parts.joined(separator: " ") + age
            if column > 1, column + text.columns >= canvas.columns { (row, column) = (row + 1, 1) }
            if other.parameter == view.channel { canvas.put(">", row: row, column: column - 1, style: .strong) }
            let style: Style = isStale || other.latest.isMissing ? .alert : .plain
            column = canvas.put(text, row: row, column: column, style: style) + 3
        }
        return row + 1
    }

    /// The last two days of each pollutant; in Braille the log begins below.
    ///
    /// - Returns: The row after them.
    private func courses(
        _ station: Snapshot.Station, _ history: History?, from top: Int, _ canvas: inout Canvas
    ) -> Int {
        // On a low window the courses of time give way to the log's last line.
        guard canvas.rows - 1 - top >= Pollutant.count + 1 else { return top }
        rule(words.lastHours(Dashboard.sparkHours), row: top, &canvas)
        let own = history.flatMap { $0.station == station.key ? $0 : nil }
        guard let own else {
            canvas.put(
                station.hour == nil ? words.waitingForHour : words.waitingForHistory, row: top + 1, column: 1,
                style: .faint)
            return top + 1 + Pollutant.count
        }
        for (place, pollutant) in Pollutant.allSix.enumerated() {
            let row = top + 1 + place
            let course = Course(own.newest(Dashboard.sparkHours, pollutant))
            canvas.put(words.indicator(Indicator(pollutant)), row: row, column: 1, style: .strong)
            let text = course.spark(glyphs)
            canvas.put(text, row: row, column: 8 + Dashboard.sparkHours - text.columns)
            guard let lowest = course.lowest, let highest = course.highest else { continue }
            canvas.put(
                "\(shown(lowest, pollutant)) ... \(shown(highest, pollutant))", row: row,
                column: 10 + Dashboard.sparkHours, style: .faint)
        }
        return top + 1 + Pollutant.count
    }
}
