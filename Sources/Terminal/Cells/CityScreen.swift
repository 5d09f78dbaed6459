import AQICore
import Texts
import Warnings

extension Dashboard {
    /// Rows above the list of stations: the city, the count of levels, the titles.
    static let cityHeadRows = 3

    /// Where the columns of the list stand, by the width of the window.
    private struct CityColumns {
        let isWide: Bool
        let name: Int
        let index: Int
        let primary: Int
        /// Where each pollutant's value ends; a mark may follow.
        let values: [Int]
        let age: Int
        /// Where remarks begin; nil without room for any.
        let notes: Int?

        init(_ columns: Int) {
            isWide = columns >= 120
            let value = isWide ? 9 : 6
            // Of what is left, remarks get the larger part.
            let rest = columns - (2 + 17 + 8 + 6 * value + 7)
            name = isWide ? min(24, rest) : rest
            index = 2 + name
            primary = index + 17
            let first = primary + 8
            values = (1...6).map { first + $0 * value - 1 }
            age = first + 6 * value + 6
            notes = isWide && columns - age > 10 ? age + 2 : nil
        }
    }

    /// The city and its stations.
    func city(_ snapshot: Snapshot, _ view: ViewState, _ canvas: inout Canvas) {
        let columns = CityColumns(canvas.columns)
        let listed = view.listed(snapshot)
        cityHead(snapshot, view, listed.count, &canvas)
        levels(snapshot, &canvas)
        titles(columns, &canvas)
        let room = Dashboard.bodyRows(canvas.rows) - Dashboard.cityHeadRows
        let selected = listed.firstIndex(of: view.place(in: snapshot)) ?? 0
        let offset = Dashboard.offset(of: selected, count: listed.count, room: room)
        for (line, place) in listed.dropFirst(offset).prefix(room).enumerated() {
            row(
                snapshot.stations[place], at: snapshot.time, row: Dashboard.top + Dashboard.cityHeadRows + line,
                isSelected: offset + line == selected, columns, &canvas)
        }
    }

    private func cityHead(_ snapshot: Snapshot, _ view: ViewState, _ count: Int, _ canvas: inout Canvas) {
        let row = Dashboard.top
        var column = 1
        if let curve = snapshot.desk.curve {
            let place = Int64(curve.now.start) - Int64(curve.first.start)
            let index = curve.indices.indices.contains(Int(place)) ? curve.indices[Int(place)] : nil
            let text = index.map { "\($0) \(words.shortLevel(AirQualityLevel(index: $0)))" } ?? words.notAvailable
            column = canvas.put(words.cityForWarnings(text), row: row, column: column) + 3
        }
        let order = words.orders[view.order.rawValue]
        let filter = view.filter.isEmpty ? "" : "  /\(view.filter)"
        canvas.put(
            words.stationsListed(count, of: snapshot.stations.count) + "\(words.comma)\(order)\(filter)", row: row,
            column: column,
            style: view.filter.isEmpty ? .plain : .strong)
    }

    /// How many stations are at which level.
    private func levels(_ snapshot: Snapshot, _ canvas: inout Canvas) {
        var counts = [Int](repeating: 0, count: 7)
        for station in snapshot.stations { counts[station.realtime?.level.map { Int($0.rawValue) } ?? 0] += 1 }
        let row = Dashboard.top + 1
        var column = 1
        // What nobody knows comes first: on a narrow window the good end is cut off.
        let stale = snapshot.stations.count { $0.isStale(at: snapshot.time) }
        if stale > 0 { column = canvas.put("! \(words.stale) \(stale)", row: row, column: column, style: .alert) + 2 }
        if counts[0] > 0 {
            column = canvas.put("\(words.notAvailable) \(counts[0])", row: row, column: column, style: .strong) + 2
        }
        for number in (1...6).reversed() where counts[number] > 0 {
            guard let level = AirQualityLevel(rawValue: UInt8(number)) else { continue }
            column = canvas.put(glyphs.pattern(level), row: row, column: column)
            column = canvas.put(
                " \(words.shortLevel(level)) \(counts[number]) ", row: row, column: column, style: .level(level))
            column += 1
        }
    }

    private func titles(_ columns: CityColumns, _ canvas: inout Canvas) {
        let row = Dashboard.top + 2
        canvas.put(words.columnStation, row: row, column: 2, style: .faint)
        canvas.put("AQI \(words.columnHourMean)", row: row, column: columns.index + 2, style: .faint)
        canvas.put(words.columnPrimary.fitting(7), row: row, column: columns.primary, style: .faint)
        for (pollutant, end) in zip(Pollutant.allSix, columns.values) {
            canvas.put(words.indicator(Indicator(pollutant)), row: row, endingAt: end, style: .faint)
        }
        canvas.put(words.columnAge, row: row, endingAt: columns.age, style: .faint)
        if let notes = columns.notes { canvas.put(words.columnNotes, row: row, column: notes, style: .faint) }
    }

    private func row(
        _ station: Snapshot.Station, at now: Instant, row: Int, isSelected: Bool, _ columns: CityColumns,
        _ canvas: inout Canvas
    ) {
        if isSelected { canvas.put(">", row: row, column: 0, style: .strong) }
        canvas.put(
            station.name.fitting(columns.name - 1), row: row, column: 2, style: isSelected ? .selected : .strong)
        put(station.realtime, row: row, column: columns.index, isLong: false, &canvas)
        let primary = station.realtime.map { index in Indicator.allSeven.filter(index.primary.contains) } ?? []
        if let first = primary.first {
            canvas.put(
                words.indicator(first) + (primary.count > 1 ? "+" : ""), row: row, column: columns.primary)
        }
        let isStale = station.isStale(at: now)
        for line in station.lines {
            put(
                line, at: now, row: row, endingAt: columns.values[line.pollutant.index], columns.isWide,
                isStale, &canvas)
        }
        let age = station.age(at: now).map(words.age) ?? "-"
        canvas.put(age, row: row, endingAt: columns.age, style: isStale ? .alert : .faint)
        if isStale { canvas.put("!", row: row, column: columns.age, style: .alert) }
        if let notes = columns.notes {
            let text = self.notes(station, at: now).joined(separator: " \(glyphs.between) ")
            canvas.put(text, row: row, column: notes, style: .alert)
        }
    }

    /// The last full hour of a pollutant, and a letter where something is to be said of it.
    private func put(
        _ line: Snapshot.Line, at now: Instant, row: Int, endingAt end: Int, _ isWide: Bool, _ isStale: Bool,
        _ canvas: inout Canvas
    ) {
        guard let hour = line.hour, let value = hour.thousandths else {
            let mark = line.hour.map { $0.reason == .absent ? "-" : $0.reason.text } ?? "-"
            canvas.put(mark, row: row, endingAt: end, style: mark == "-" ? .faint : .alert)
            return
        }
        let text =
            isWide
            ? shown(value, line.pollutant)
            : DecimalWriting.fixed(thousandths: value, decimals: line.pollutant == .co ? 1 : 0)
        canvas.put(text, row: row, endingAt: end, style: isStale ? .faint : .plain)
        // One letter has room: of a longer mark the first says that there is something. Of a station that is stale its age says so.
        let mark = line.mark(at: now)
        if mark == "!", isStale { return }
        if let letter = mark.first { canvas.put(String(letter), row: row, column: end, style: .alert) }
    }

    /// What is to be said of a station's values: which, what, and why.
    func notes(_ station: Snapshot.Station, at now: Instant) -> [String] {
        if station.isStale(at: now) {
            guard let age = station.age(at: now) else { return [words.neverHeard] }
            return ["\(words.stale) \(words.age(seconds: age))"]
        }
        return station.lines.compactMap { line in
            let name = words.indicator(line.indicator)
            if let latest = line.latest, latest.isMissing {
                return "\(name) \(words.flag(latest.reason)) (\(latest.reason.text))"
            }
            if let age = line.age(at: now), line.isStale(at: now) {
                return "\(name) \(words.stale) \(words.age(seconds: age))"
            }
            guard !line.marks.suspicions.isEmpty else { return nil }
            let rules = line.marks.suspicions.rules.map(words.suspectRule).joined(separator: words.comma)
            return "\(name) \(words.flag(.suspect)) (\(line.marks.suspicions.text)): \(rules)"
        }
    }
}
