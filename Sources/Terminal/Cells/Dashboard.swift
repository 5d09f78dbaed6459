import AQICore
package import Texts
import Warnings

/// Lays a snapshot out on a canvas as the view wants it; pure. Each screen is a file.
package struct Dashboard {
    /// The smallest window that is drawn into.
    package static let smallest = (rows: 20, columns: 80)
    static let tabsRow = 1
    static let bannerRow = 2
    /// The first row of a screen's own.
    static let top = 3

    package let words: any Words
    package let glyphs: Glyphs

    package init(words: any Words, glyphs: Glyphs = .braille) {
        self.words = words
        self.glyphs = glyphs
    }

    /// Rows of a screen's own, between the head and the line of the keys.
    package static func bodyRows(_ rows: Int) -> Int { max(rows - top - 1, 1) }

    /// The first line to be shown of a list, so that the selected one is in sight.
    static func offset(of selected: Int, count: Int, room: Int) -> Int {
        min(max(selected - room / 2, 0), max(count - room, 0))
    }

    package func canvas(
        _ snapshot: Snapshot, _ view: ViewState, history: History? = nil, rows: Int, columns: Int
    ) -> Canvas {
        var canvas = Canvas(rows: rows, columns: columns)
        guard rows >= Dashboard.smallest.rows, columns >= Dashboard.smallest.columns else {
            canvas.put(words.tooSmall, row: 0, column: 0, style: .alert)
            return canvas
        }
        head(snapshot, view, &canvas)
        if view.showsHelp {
            help(view, &canvas)
            return canvas
        }
        let screen = view.screen(of: snapshot)
        switch screen {
        case .city: city(snapshot, view, &canvas)
        case .station: station(snapshot, view, history, &canvas)
        case .trend: trend(snapshot, view, history, &canvas)
        case .warning: warning(snapshot, view, &canvas)
        case .alarms: alarms(snapshot, view, &canvas)
        case .devices: devices(snapshot, view, &canvas)
        case .senders: senders(snapshot, view, &canvas)
        case .log: log(snapshot, view, &canvas)
        }
        foot(snapshot, view, screen, &canvas)
        return canvas
    }

    // MARK: - Head and foot

    private func head(_ snapshot: Snapshot, _ view: ViewState, _ canvas: inout Canvas) {
        let clock = snapshot.time.dateAndClock
        var column = canvas.put("aqi-monitor", row: 0, column: 1, style: .faint)
        if let inForce = snapshot.inForce {
            column = canvas.put(
                " \(words.warning(inForce.level)) ", row: 0, column: column + 2, style: .warning(inForce.level))
        }
        if snapshot.calling > 0 {
            column = canvas.put(" \(words.alarmsCall(snapshot.calling)) ", row: 0, column: column + 1, style: .alert)
        }
        if let simulation = snapshot.simulation {
            column = canvas.put(
                "\(words.simulated) \(glyphs.times)\(simulation)", row: 0, column: column + 2, style: .alert)
        }
        if let person = view.operatorName {
            let room = canvas.columns - column - clock.columns - 5
            canvas.put(words.actsAs(person).fitting(room), row: 0, column: column + 2)
        }
        canvas.put(clock, row: 0, endingAt: canvas.columns - 1)
        tabs(view.screen(of: snapshot), &canvas)
        if let since = snapshot.unheardSince {
            canvas.put(
                " \(words.unheard(since: since.dateAndClock)) ", row: Dashboard.bannerRow, column: 1, style: .alert)
        } else if let trouble = snapshot.storeTrouble {
            canvas.put(trouble, row: Dashboard.bannerRow, column: 1, style: .alert)
        }
    }

    /// The tabs: the one that is shown stands in brackets, not only in another colour.
    private func tabs(_ shown: ScreenName, _ canvas: inout Canvas) {
        for name in ScreenName.allCases {
            let text = "\(name.place + 1) \(words.tabs[name.place])"
            let column = tabColumns(name).lowerBound
            canvas.put(
                name == shown ? "[\(text)]" : " \(text) ", row: Dashboard.tabsRow, column: column,
                style: name == shown ? .strong : .faint)
        }
    }

    private func tabColumns(_ name: ScreenName) -> Range<Int> {
        func width(_ place: Int) -> Int { "\(place + 1) \(words.tabs[place])".columns + 2 }
        let start = (0..<name.place).reduce(0) { $0 + width($1) }
        return start..<start + width(name.place)
    }

    /// What a click means.
    package func meaning(ofClickAt row: Int, column: Int) -> Key? {
        if row == Dashboard.tabsRow {
            return ScreenName.allCases.first { tabColumns($0).contains(column) }.map(Key.screen)
        }
        return row >= Dashboard.top ? .line(row - Dashboard.top) : nil
    }

    private func foot(_ snapshot: Snapshot, _ view: ViewState, _ screen: ScreenName, _ canvas: inout Canvas) {
        let row = canvas.rows - 1
        if let prompt = view.prompt {
            canvas.put(" \(question(prompt, snapshot)) ", row: row, column: 0, style: .selected)
        } else if view.isTypingFilter {
            canvas.put(" /\(view.filter)_ ", row: row, column: 0, style: .selected)
        } else if let notice = view.notice {
            canvas.put(notice, row: row, column: 1, style: .strong)
        } else {
            canvas.put(keys(snapshot, view, screen), row: row, column: 1, style: .faint)
        }
    }

    /// The keys of a screen; those that act only for somebody who may.
    private func keys(_ snapshot: Snapshot, _ view: ViewState, _ screen: ScreenName) -> String {
        var keys = [words.keysEverywhere]
        switch screen {
        case .city: keys.append(words.keysOfCity)
        case .station: keys.append(words.keysOfStation)
        case .trend: keys.append(words.keysOfTrend)
        case .devices, .senders, .log: keys.append(words.keysOfLists)
        case .warning:
            keys.append(view.showsMeasures ? words.keysOfMeasures : words.keysOfWarning)
            if snapshot.desk.draft != nil, !view.showsMeasures {
                keys.append(view.operatorName == nil ? words.onlyLooks : words.keysOfDesk)
            }
        case .alarms:
            if !snapshot.alarms.isEmpty { keys.append(view.operatorName == nil ? words.onlyLooks : words.keysOfAlarms) }
        }
        return keys.joined(separator: "   ")
    }

    private func question(_ prompt: ViewState.Prompt, _ snapshot: Snapshot) -> String {
        switch prompt {
        case .acknowledge(let number): words.asksAcknowledge(number)
        case .shelve(let number): words.asksShelve(number)
        case .unshelve(let number): words.asksUnshelve(number)
        case .sign(let number): words.asksSign(number)
        }
    }

    private func help(_ view: ViewState, _ canvas: inout Canvas) {
        for (place, line) in words.help(endsMonitor: view.isOfMonitor).enumerated() {
            let row = Dashboard.top + place
            canvas.put(line.key, row: row, column: 2, style: .strong)
            canvas.put(line.meaning, row: row, column: 20)
        }
        canvas.put(words.keysOfHelp, row: canvas.rows - 1, column: 1, style: .faint)
    }

    // MARK: - What screens share

    /// A value as a person reads it: one decimal, CO two, a direction none.
    func shown(_ thousandths: Int32, _ parameter: Parameter) -> String {
        DecimalWriting.fixed(
            thousandths: thousandths, decimals: parameter == .co ? 2 : parameter == .windDirection ? 0 : 1)
    }

    func shown(_ thousandths: Int32, _ pollutant: Pollutant) -> String { shown(thousandths, pollutant.parameter) }

    /// An index with its level: `█  432 severe`. The pattern and the word say the same as the colour.
    @discardableResult
    func put(
        _ index: Snapshot.Index?, row: Int, column: Int, isLong: Bool, _ canvas: inout Canvas
    ) -> Int {
        guard let value = index?.index, let level = index?.level else {
            return canvas.put("  \(words.notAvailable)", row: row, column: column + 2, style: .strong)
        }
        let word = isLong ? words.level(level) : words.shortLevel(level)
        let after = canvas.put(glyphs.pattern(level), row: row, column: column)
        return canvas.put(
            " \("\(value)".padded(to: 3)) \(word) ", row: row, column: after, style: .level(level))
    }

    func rule(_ title: String, row: Int, _ canvas: inout Canvas) {
        let column = canvas.put(title, row: row, column: 1, style: .faint)
        let length = max(0, canvas.columns - column - 2)
        canvas.put(String(repeating: glyphs.rule, count: length), row: row, column: column + 1, style: .faint)
    }

    /// Lines of the log, the newest last, in as many rows as there are.
    func put(_ log: some Collection<Snapshot.LogLine>, from row: Int, _ canvas: inout Canvas) {
        for (place, line) in log.enumerated() {
            let column = canvas.put(line.time.clock, row: row + place, column: 1, style: .faint)
            let mark = line.isWarning ? "!" : " "
            canvas.put(
                "\(mark) \(line.text)", row: row + place, column: column + 1, style: line.isWarning ? .alert : .plain)
        }
    }
}

extension Snapshot.Line {
    /// The name under which the pollutant is shown.
    var indicator: Indicator { Indicator(pollutant) }
}

extension String {
    /// The text with spaces before it until it takes so many columns.
    func padded(to columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - self.columns)) + self
    }

    /// The text cut to so many columns.
    func fitting(_ columns: Int) -> String {
        guard self.columns > columns else { return self }
        var text = ""
        var used = 0
        for character in self {
            let width = String(character).columns
            guard used + width <= columns else { break }
            text.append(character)
            used += width
        }
        return text
    }

    /// The text in lines of at most so many columns, at least one; broken at a space where there is one in the second half of a line.
    func wrapped(to columns: Int) -> [String] {
        var lines: [String] = []
        var rest = self[...]
        while String(rest).columns > columns, columns > 1 {
            let line = String(rest).fitting(columns)
            var length = line.count
            if let space = line.lastIndex(of: " "), line.distance(from: line.startIndex, to: space) > length / 2 {
                length = line.distance(from: line.startIndex, to: space) + 1
            }
            lines.append(String(rest.prefix(length)))
            rest = rest.dropFirst(max(length, 1))
        }
        return lines + [String(rest)]
    }
}
