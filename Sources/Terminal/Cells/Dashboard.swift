import AQICore
package import Texts
import Warnings

/// Lays a snapshot out on a canvas; pure.
package struct Dashboard {
    /// The smallest window that is drawn into.
    package static let smallest = (rows: 20, columns: 76)

    package let words: any Words
    /// Whether blocks may be drawn; else letters stand in.
    package let hasBlocks: Bool

    package init(words: any Words, hasBlocks: Bool = true) {
        self.words = words
        self.hasBlocks = hasBlocks
    }

    /// The screen of one station.
    package func canvas(_ snapshot: Snapshot, station selected: Int, rows: Int, columns: Int) -> Canvas {
        var canvas = Canvas(rows: rows, columns: columns)
        guard rows >= Dashboard.smallest.rows, columns >= Dashboard.smallest.columns else {
            canvas.put(words.tooSmall, row: 0, column: 0, style: .alert)
            return canvas
        }
        guard !snapshot.stations.isEmpty else { return canvas }
        let station = snapshot.stations[selected % snapshot.stations.count]
        header(snapshot, station, &canvas)
        if let trouble = snapshot.storeTrouble { canvas.put(trouble, row: 1, column: 1, style: .alert) }
        index(station, &canvas)
        warning(snapshot, &canvas)
        table(snapshot, station, &canvas)
        log(snapshot, &canvas)
        canvas.put(words.keys(stations: snapshot.stations.count), row: rows - 1, column: 1, style: .faint)
        return canvas
    }

    private func header(_ snapshot: Snapshot, _ station: Snapshot.Station, _ canvas: inout Canvas) {
        var column = canvas.put("aqi-monitor", row: 0, column: 1, style: .faint)
        column = canvas.put(station.name, row: 0, column: column + 2, style: .strong)
        if let simulation = snapshot.simulation {
            canvas.put(
                "\(words.simulated) \(hasBlocks ? "×" : "x")\(simulation)", row: 0, column: column + 3, style: .alert)
        }
        canvas.put(snapshot.time.dateAndClock, row: 0, endingAt: canvas.columns - 1)
        if let since = snapshot.unheardSince {
            canvas.put(" \(words.unheard(since: since.dateAndClock)) ", row: 1, column: 1, style: .alert)
        }
    }

    private func index(_ station: Snapshot.Station, _ canvas: inout Canvas) {
        guard let hour = station.hour else {
            canvas.put(words.waitingForHour, row: 2, column: 1)
            return
        }
        let label = hour.endingLabel.clock
        for (row, title, report) in [
            (2, words.hourTo, station.realtime), (3, words.dayTo, station.running24),
        ] {
            canvas.put("\(title) \(label == "00:00" ? "24:00" : label)", row: row, column: 1)
            var column = canvas.put("AQI ", row: row, column: 18)
            guard let report, let index = report.index, let level = report.level else {
                canvas.put(words.notAvailable, row: row, column: column, style: .strong)
                continue
            }
            column = canvas.put("\(index)".padded(to: 4), row: row, column: column, style: .strong)
            column = canvas.put(" \(words.level(level)) ", row: row, column: column + 1, style: .level(level))
            let primary = Indicator.allSeven.filter(report.primary.contains).map(words.indicator)
            let text = primary.isEmpty ? words.noPrimary : primary.joined(separator: ", ")
            canvas.put("\(words.primaryPollutant) \(text)", row: row, column: max(column + 2, 50))
        }
    }

    private func warning(_ snapshot: Snapshot, _ canvas: inout Canvas) {
        var column = 1
        if let inForce = snapshot.inForce {
            let since = inForce.since.endingLabel.dateAndClock
            column = canvas.put(
                " \(words.warningInForce(inForce.level, response: inForce.level.response, since: since, number: inForce.number)) ",
                row: 5, column: column, style: .warning(inForce.level))
        } else {
            column = canvas.put(words.noWarning, row: 5, column: column)
        }
        if let wanted = snapshot.wanted, wanted != snapshot.inForce?.level {
            canvas.put(words.warningWanted(wanted), row: 5, column: column + 3, style: .alert)
        }
    }

    private func table(_ snapshot: Snapshot, _ station: Snapshot.Station, _ canvas: inout Canvas) {
        let ends = (now: 18, age: 27, soFar: 40, hour: 49, day: 58, subIndex: 65)
        let row = 7
        canvas.put(words.columnNow, row: row, endingAt: ends.now, style: .faint)
        canvas.put(words.columnAge, row: row, endingAt: ends.age, style: .faint)
        canvas.put(words.columnHour, row: row, endingAt: ends.soFar, style: .faint)
        canvas.put(words.columnHourMean, row: row, endingAt: ends.hour, style: .faint)
        canvas.put(words.columnDayMean, row: row, endingAt: ends.day, style: .faint)
        canvas.put(words.columnSubIndex, row: row, endingAt: ends.subIndex, style: .faint)
        for (place, line) in station.lines.enumerated() {
            let row = row + 1 + place
            canvas.put(words.indicator(line.indicator), row: row, column: 1, style: .strong)
            let age = line.measured.map { snapshot.time - $0 }
            switch line.latest {
            case nil: canvas.put("-", row: row, endingAt: ends.now, style: .faint)
            case let latest? where latest.isMissing:
                canvas.put(flag(latest.reason), row: row, endingAt: ends.now, style: .alert)
            case let latest?:
                canvas.put(shown(latest.packed, line.pollutant), row: row, endingAt: ends.now)
            }
            if let age { canvas.put(words.age(seconds: age), row: row, endingAt: ends.age, style: .faint) }
            if let soFar = line.hourSoFar { canvas.put(shown(soFar, line.pollutant), row: row, endingAt: ends.soFar) }
            if let hour = line.hour {
                if let value = hour.thousandths {
                    canvas.put(shown(value, line.pollutant), row: row, endingAt: ends.hour)
                } else {
                    let mark = hour.reason == .absent ? "-" : hour.reason.text
                    canvas.put(mark, row: row, endingAt: ends.hour, style: .alert)
                }
            }
            if let day = line.day { canvas.put(shown(day, line.pollutant), row: row, endingAt: ends.day) }
            if let subIndex = line.subIndex {
                let level = AirQualityLevel(index: subIndex)
                canvas.put(" \(subIndex) ", row: row, endingAt: ends.subIndex + 1, style: .level(level))
                canvas.put(
                    bar(subIndex, width: canvas.columns - ends.subIndex - 4), row: row, column: ends.subIndex + 3)
            }
        }
    }

    /// A flag in words where they fit beside the pollutant's name, else its mark.
    private func flag(_ flag: DataFlag) -> String {
        let text = words.flag(flag)
        return text.columns <= 11 ? text : flag.text
    }

    /// A bar whose full width is an index of 500.
    private func bar(_ subIndex: Int32, width: Int) -> String {
        guard width > 0 else { return "" }
        return String(repeating: hasBlocks ? "█" : "#", count: min(width, (Int(subIndex) * width + 499) / 500))
    }

    private func log(_ snapshot: Snapshot, _ canvas: inout Canvas) {
        let top = 15
        let column = canvas.put(words.logTitle, row: top, column: 1, style: .faint)
        let rule = String(repeating: hasBlocks ? "─" : "-", count: max(0, canvas.columns - column - 2))
        canvas.put(rule, row: top, column: column + 1, style: .faint)
        let room = canvas.rows - top - 2
        for (place, line) in snapshot.log.suffix(room).enumerated() {
            let column = canvas.put(line.time.clock, row: top + 1 + place, column: 1, style: .faint)
            canvas.put(line.text, row: top + 1 + place, column: column + 1, style: line.isWarning ? .alert : .plain)
        }
    }

    /// A concentration as a person reads it: one decimal, CO two.
    private func shown(_ thousandths: Int32, _ pollutant: Pollutant) -> String {
        pollutant == .co
            ? DecimalWriting.fixed(thousandths: thousandths, decimals: 2)
            : DecimalWriting.fixed(thousandths: thousandths, decimals: 1)
    }
}

extension Snapshot.Line {
    /// The name under which the pollutant is shown.
    var indicator: Indicator { Indicator(rawValue: pollutant.rawValue) ?? .pm25 }
}

extension String {
    /// The text with spaces before it until it takes so many columns.
    fileprivate func padded(to columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - self.columns)) + self
    }
}
