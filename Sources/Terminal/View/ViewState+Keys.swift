import AQICore
import Warnings

extension ViewState {
    /// Follows a key, which was pressed on a window of so many rows and columns with a list on it.
    ///
    /// - Returns: What the view cannot do itself.
    package mutating func take(
        _ key: Key, on snapshot: Snapshot, rows: Int, columns: Int, list: Canvas.ListExtent? = nil
    ) -> Request? {
        if key == .gone { return .leave }
        if key == .resized { return nil }
        notice = nil
        if showsHelp {
            showsHelp = false
            return key == .character("q") ? .leave : nil
        }
        if let prompt { return answer(prompt, key) }
        if isTypingFilter {
            type(key)
            return nil
        }
        if takeEverywhere(key) { return nil }
        if key == .character("q") || key == .character("Q") || key == .character("\u{3}") { return .leave }
        let room = Dashboard.bodyRows(rows)
        switch screen(of: snapshot) {
        case .city: takeInCity(key, snapshot, room)
        case .station: takeAtStation(key, snapshot)
        case .trend: takeInTrend(key, snapshot, columns: columns)
        case .warning: takeAtWarning(key, snapshot, list)
        case .alarms: takeInAlarms(key, snapshot, room)
        case .devices: scroll(key, lines: 2 * snapshot.devices.count, room: room - 1)
        case .senders: scroll(key, lines: snapshot.senders.count, room: room - 1)
        case .log: takeInLog(key, snapshot, room)
        }
        return nil
    }

    /// Keys that mean the same on every screen; whether this was one.
    private mutating func takeEverywhere(_ key: Key) -> Bool {
        switch key {
        case .character("?"), .character("h"): showsHelp = true
        case .tab: turn(by: 1)
        case .backTab: turn(by: -1)
        case .screen(let name): choose(name)
        case .character(let digit):
            guard let number = digit.wholeNumberValue, ScreenName.allCases.indices.contains(number - 1) else {
                return false
            }
            choose(ScreenName.allCases[number - 1])
        default: return false
        }
        return true
    }

    package mutating func choose(_ name: ScreenName) {
        chosen = name
        scroll = 0
        showsMeasures = false
        heldLog = nil
    }

    private mutating func turn(by step: Int) {
        let all = ScreenName.allCases
        choose(all[((chosen ?? .station).place + step + all.count) % all.count])
    }

    // MARK: - Stations

    private mutating func takeInCity(_ key: Key, _ snapshot: Snapshot, _ room: Int) {
        let listed = listed(snapshot)
        let selected = listed.firstIndex(of: place(in: snapshot)) ?? 0
        let page = max(room - Dashboard.cityHeadRows, 1)
        switch key {
        case .enter where !listed.isEmpty:
            station = listed[selected]
            choose(.station)
        case .character("o"):
            order = StationOrder(rawValue: (order.rawValue + 1) % StationOrder.allCases.count) ?? .configured
        case .character("/"): isTypingFilter = true
        case .escape: filter = ""
        case .line(let line):
            let place = line - Dashboard.cityHeadRows + Dashboard.offset(of: selected, count: listed.count, room: page)
            if line >= Dashboard.cityHeadRows, listed.indices.contains(place) { station = listed[place] }
        default:
            guard let moved = ViewState.moved(selected, key, count: listed.count, page: page) else { return }
            station = listed[moved]
        }
    }

    private mutating func takeAtStation(_ key: Key, _ snapshot: Snapshot) {
        switch key {
        case .up: nextChannel(by: -1, on: snapshot)
        case .down: nextChannel(by: 1, on: snapshot)
        case .enter: choose(.trend)
        case .line(let line):
            let place = line - Dashboard.stationHeadRows
            if Pollutant.allSix.indices.contains(place) { channel = Pollutant.allSix[place].parameter }
        case .escape where snapshot.stations.count > 1: choose(.city)
        default: nextStation(key, snapshot)
        }
    }

    /// `n` and `p`: the next of the listed stations, the one before.
    private mutating func nextStation(_ key: Key, _ snapshot: Snapshot) {
        guard key == .character("n") || key == .character("p") else { return }
        let listed = listed(snapshot)
        guard !listed.isEmpty else { return }
        let at = listed.firstIndex(of: place(in: snapshot)) ?? 0
        station = listed[(at + (key == .character("n") ? 1 : listed.count - 1)) % listed.count]
    }

    private mutating func nextChannel(by step: Int, on snapshot: Snapshot) {
        let channels = station(of: snapshot)?.channels ?? []
        // Another station may measure less.
        guard let at = channels.firstIndex(of: channel) else { return channel = .pm25 }
        channel = channels[(at + step + channels.count) % channels.count]
    }

    private mutating func takeInTrend(_ key: Key, _ snapshot: Snapshot, columns: Int) {
        // A step of the cursor is a column of the plot, and never less than an hour.
        let step = max(1, range.hours / Int32(max(1, Dashboard.plotColumns(columns))))
        let last = station(of: snapshot)?.hour
        switch key {
        case .left: move(by: -step, until: last)
        case .right: move(by: step, until: last)
        case .home: cursor = last.map { $0 - (range.hours - 1) }
        case .end: cursor = last
        case .up: nextChannel(by: -1, on: snapshot)
        case .down: nextChannel(by: 1, on: snapshot)
        case .character("r"):
            range = TrendRange(rawValue: (range.rawValue + 1) % TrendRange.allCases.count) ?? .day
        case .escape:
            if cursor == nil { choose(.station) } else { cursor = nil }
        default: nextStation(key, snapshot)
        }
    }

    private mutating func move(by step: Int32, until last: Hour?) {
        guard let last else { return }
        let wanted = (cursor ?? last) + (cursor == nil ? 0 : step)
        cursor = min(max(wanted, last - (range.hours - 1)), last)
    }

    // MARK: - The filter

    /// The longest filter, characters.
    private static let longestFilter = 40

    private mutating func type(_ key: Key) {
        switch key {
        case .enter, .tab: isTypingFilter = false
        case .escape: (filter, isTypingFilter) = ("", false)
        case .backspace: _ = filter.popLast()
        case .character(let character) where filter.count < ViewState.longestFilter && !character.isNewline:
            filter.append(character)
        default: break
        }
    }

    // MARK: - Acting

    private mutating func takeAtWarning(_ key: Key, _ snapshot: Snapshot, _ list: Canvas.ListExtent?) {
        switch key {
        case .character("m"): (showsMeasures, scroll) = (!showsMeasures, 0)
        case .escape where showsMeasures: (showsMeasures, scroll) = (false, 0)
        case .character("s"):
            // What is signed must be in sight.
            guard operatorName != nil, !showsMeasures, let draft = snapshot.desk.draft, draft.next != nil else {
                return
            }
            prompt = .sign(draft.number)
        default: scroll(key, lines: list?.lines ?? 0, room: list?.room ?? 0)
        }
    }

    private mutating func takeInAlarms(_ key: Key, _ snapshot: Snapshot, _ room: Int) {
        let listed = listedAlarms(snapshot)
        guard let alarm = selectedAlarm(snapshot) else { return }
        let selected = listed.firstIndex { $0.number == alarm.number } ?? 0
        let page = max(room - Dashboard.alarmHeadRows, 1)
        let mayAct = operatorName != nil
        switch key {
        case .character("a") where mayAct && alarm.acknowledged == nil: prompt = .acknowledge(alarm.number)
        case .character("s") where mayAct: prompt = .shelve(alarm.number)
        case .character("u") where mayAct && alarm.shelf != nil: prompt = .unshelve(alarm.number)
        case .line(let line):
            let place =
                line - Dashboard.alarmHeadRows + Dashboard.offset(of: selected, count: listed.count, room: page)
            if line >= Dashboard.alarmHeadRows, listed.indices.contains(place) { self.alarm = listed[place].number }
        default:
            guard let moved = ViewState.moved(selected, key, count: listed.count, page: page) else { return }
            self.alarm = listed[moved].number
        }
    }

    /// Hours for which an alarm is shelved, by the key that says so.
    package static let shelfHours: [(key: Character, hours: Int64)] = [("1", 1), ("2", 8), ("3", 24), ("4", 7 * 24)]

    private mutating func answer(_ asked: Prompt, _ key: Key) -> Request? {
        prompt = nil
        if case .shelve(let number) = asked {
            guard case .character(let character) = key,
                let hours = ViewState.shelfHours.first(where: { $0.key == character })?.hours
            else { return nil }
            return .shelve(number, seconds: hours * 3600)
        }
        guard key == .character("y") || key == .character("Y") else { return nil }
        return switch asked {
        case .acknowledge(let number): .acknowledge(number)
        case .unshelve(let number): .unshelve(number)
        case .sign(let number): .sign(number)
        case .shelve: nil
        }
    }

    // MARK: - Scrolling

    /// Where a key moves a selection; nil for a key that moves none.
    static func moved(_ selected: Int, _ key: Key, count: Int, page: Int) -> Int? {
        guard count > 0 else { return nil }
        let wanted: Int
        switch key {
        case .up, .character("k"): wanted = selected - 1
        case .down, .character("j"): wanted = selected + 1
        case .pageUp: wanted = selected - page
        case .pageDown: wanted = selected + page
        case .home: wanted = 0
        case .end: wanted = count - 1
        default: return nil
        }
        return min(max(wanted, 0), count - 1)
    }

    private mutating func scroll(_ key: Key, lines: Int, room: Int) {
        let most = max(0, lines - room)
        guard let moved = ViewState.moved(min(scroll, most), key, count: most + 1, page: max(room - 1, 1)) else {
            return
        }
        scroll = moved
    }

    /// Scrolling back holds the log as it is; at its end it goes on.
    private mutating func takeInLog(_ key: Key, _ snapshot: Snapshot, _ room: Int) {
        let log = heldLog ?? snapshot.log
        let most = max(0, log.count - room)
        // `scroll` counts from the end; up goes back.
        guard let top = ViewState.moved(most - min(scroll, most), key, count: most + 1, page: max(room - 1, 1)) else {
            return
        }
        scroll = most - top
        heldLog = scroll == 0 ? nil : log
    }
}
