import AQICore
import Testing
import Texts
import Warnings

@testable import Terminal

/// Keys, without a terminal.
@Suite("Terminal: keys") struct ViewStateTests {
    private static let rows = 24
    private static let columns = 80

    /// A view, and what keys make of it.
    private struct Sitting {
        var view = ViewState()
        var snapshot = Screens.everything
        var requests: [ViewState.Request] = []

        mutating func press(_ keys: Key...) {
            for key in keys {
                let list = canvas.list
                if let request = view.take(key, on: snapshot, rows: rows, columns: columns, list: list) {
                    requests.append(request)
                }
            }
        }

        mutating func type(_ text: String) { for character in text { press(.character(character)) } }

        var screen: ScreenName { view.screen(of: snapshot) }

        var canvas: Canvas {
            Dashboard(words: Language.english.words).canvas(snapshot, view, rows: rows, columns: columns)
        }
    }

    @Test func `a city begins with its table, one station with itself`() {
        var sitting = Sitting()
        #expect(sitting.screen == .city)
        sitting.snapshot.stations = [Screens.severe("A")]
        #expect(sitting.screen == .station)
    }

    @Test func `digits and tabs go to the screens, from each to each`() {
        for (place, name) in ScreenName.allCases.enumerated() {
            var sitting = Sitting()
            sitting.type("\(place + 1)")
            #expect(sitting.screen == name)
            sitting.press(.tab)
            #expect(sitting.screen == ScreenName.allCases[(place + 1) % 8])
            sitting.press(.backTab, .backTab)
            #expect(sitting.screen == ScreenName.allCases[(place + 7) % 8])
        }
    }

    @Test func `Enter goes from the city to the selected station and on to its trend, Esc back`() {
        var sitting = Sitting()
        sitting.press(.down, .down, .enter)
        #expect(sitting.screen == .station && sitting.view.station == 2)
        sitting.press(.down, .enter)
        #expect(sitting.screen == .trend && sitting.view.channel == .pm10)
        sitting.press(.escape, .escape)
        #expect(sitting.screen == .city)
    }

    @Test func `the table is ordered by index, the worst first and those without one last, by name, by age`() {
        var sitting = Sitting()
        sitting.type("o")
        let indices = sitting.view.listed(sitting.snapshot).map { sitting.snapshot.stations[$0].realtime?.index }
        #expect(indices.compactMap(\.self) == [432, 262, 210, 187, 122, 78, 31] && indices.last == .some(nil))
        sitting.type("o")
        let names = sitting.view.listed(sitting.snapshot).map { sitting.snapshot.stations[$0].name }
        #expect(names == names.sorted())
        sitting.type("o")
        #expect(sitting.view.listed(sitting.snapshot).first == 4)
        sitting.type("o")
        #expect(sitting.view.listed(sitting.snapshot) == Array(0..<8))
    }

    @Test func `a filter takes any text, also q and digits and Chinese, and moves the selection within what is listed`()
    {
        var sitting = Sitting()
        sitting.type("/q1西")
        #expect(sitting.screen == .city && sitting.requests.isEmpty && sitting.view.filter == "q1西")
        sitting.press(.backspace, .backspace, .backspace)
        sitting.type("dong")
        #expect(sitting.view.listed(sitting.snapshot) == [7])
        sitting.press(.enter, .enter)
        #expect(sitting.screen == .station && sitting.view.station == 7)
        sitting.press(.escape, .escape)
        #expect(sitting.view.filter.isEmpty && sitting.view.listed(sitting.snapshot).count == 8)
    }

    @Test func `a cursor reads hours of the range, and none beside it`() {
        var sitting = Sitting()
        sitting.type("3")
        sitting.press(.left)
        #expect(sitting.view.cursor == Screens.hour)
        for _ in 0..<100 { sitting.press(.left) }
        #expect(sitting.view.cursor == Screens.hour - 23)
        for _ in 0..<100 { sitting.press(.right) }
        #expect(sitting.view.cursor == Screens.hour)
        sitting.type("rr")
        sitting.press(.home)
        #expect(sitting.view.range == .month && sitting.view.cursor == Screens.hour - 719)
        sitting.press(.escape)
        #expect(sitting.view.cursor == nil && sitting.screen == .trend)
    }

    @Test func `somebody who only looks can ask for nothing but to leave`() {
        var sitting = Sitting()
        for digit in 1...8 {
            sitting.type("\(digit)")
            for character in "asuyY1234dxz" { sitting.press(.character(character)) }
        }
        #expect(sitting.requests.isEmpty && sitting.view.prompt == nil)
        sitting.type("q")
        #expect(sitting.requests == [.leave])
    }

    @Test func `an operator acts on the alarm under the cursor, and only after a yes`() {
        var sitting = Sitting(view: ViewState(operatorName: "李四"))
        sitting.type("5a")
        #expect(sitting.view.prompt == .acknowledge(4))
        sitting.type("n")
        #expect(sitting.requests.isEmpty && sitting.view.prompt == nil)
        sitting.type("ay")
        sitting.press(.down)
        sitting.type("s2")
        sitting.type("s9")
        #expect(sitting.requests == [.acknowledge(4), .shelve(3, seconds: 8 * 3600)])
        // What is acknowledged already is not asked for again; what lies on no shelf is not taken from it.
        sitting.press(.end)
        #expect(sitting.view.alarm == 6)
        sitting.type("uy")
        sitting.press(.up)
        sitting.type("auy")
        #expect(sitting.requests.last == .unshelve(6) && sitting.requests.count == 3)
    }

    @Test func `the selected alarm stays selected when others come and go`() {
        var sitting = Sitting(view: ViewState(operatorName: "李四"))
        sitting.type("5")
        sitting.press(.down)
        #expect(sitting.view.alarm == 3)
        sitting.snapshot.alarms.append(Alarm(number: 9, .init(.storeTrouble), since: Screens.time))
        sitting.type("ay")
        #expect(sitting.requests == [.acknowledge(3)])
        sitting.snapshot.alarms.removeAll { $0.number == 3 }
        #expect(sitting.view.selectedAlarm(sitting.snapshot)?.number == 9)
    }

    @Test func `a proposal is signed by its number`() throws {
        var sitting = Sitting(view: ViewState(operatorName: "王五"))
        let number = try #require(sitting.snapshot.desk.draft?.number)
        sitting.type("4sy")
        #expect(sitting.requests == [.sign(number)])
        sitting.snapshot.desk.draft = nil
        sitting.type("sy")
        #expect(sitting.requests.count == 1)
    }

    @Test func `help goes with any key, and that key does nothing else`() {
        var sitting = Sitting()
        sitting.type("?5")
        #expect(!sitting.view.showsHelp && sitting.screen == .city)
        sitting.type("?q")
        #expect(sitting.requests == [.leave])
    }

    @Test func `who scrolls back in the log sees it stand still until the end`() {
        var sitting = Sitting()
        sitting.type("8")
        sitting.press(.pageUp)
        let dashboard = Dashboard(words: Language.english.words)
        func shown() -> String { dashboard.canvas(sitting.snapshot, sitting.view, rows: 24, columns: 80).text }
        let before = shown()
        sitting.snapshot.log.append(.init(time: Screens.time, text: "newer", isWarning: false))
        #expect(shown() == before && !before.contains("line 59"))
        sitting.press(.end)
        #expect(shown().contains("newer"))
    }

    @Test func `a click is a tab or a line, by what is drawn there`() {
        for language in Language.allCases {
            let dashboard = Dashboard(words: language.words)
            let canvas = dashboard.canvas(Screens.everything, ViewState(chosen: .log), rows: 24, columns: 80)
            for name in ScreenName.allCases {
                // The digit of a tab stands where a click on it means it.
                let digit = "\(name.place + 1)"
                let column = (0..<80).first { canvas[1, $0].text == digit && (canvas[1, $0 + 1].text == " ") }
                #expect(column.map { dashboard.meaning(ofClickAt: 1, column: $0) } == .screen(name))
            }
            #expect(dashboard.meaning(ofClickAt: 0, column: 5) == nil)
            #expect(dashboard.meaning(ofClickAt: 7, column: 5) == .line(4))
        }
        var sitting = Sitting()
        sitting.press(.line(Dashboard.cityHeadRows + 5))
        #expect(sitting.view.station == 5)
        sitting.press(.line(0), .line(99))
        #expect(sitting.view.station == 5)
    }

    @Test
    func `what a small window has no room for is scrolled to, from the first line of the warning to the last measure`()
    {
        for keys in [[Key](), [.character("m")]] {
            var sitting = Sitting()
            sitting.type("4")
            for key in keys { sitting.press(key) }
            var seen: Set<Substring> = []
            let lines = sitting.canvas.list?.lines ?? 0
            for _ in 0..<lines {
                seen.formUnion(sitting.canvas.text.split(separator: "\n"))
                sitting.press(.down)
            }
            for measure in 1...20 { #expect(seen.contains { $0.contains("line \(measure) stops") }) }
            #expect(seen.contains { $0.contains("~ 停课 schools close (AQI 500") })
            // At the end a key up moves at once.
            let end = sitting.canvas
            sitting.press(.end)
            #expect(sitting.canvas == end)
            sitting.press(.up)
            #expect(sitting.canvas != end)
            sitting.press(.home)
            #expect(sitting.view.scroll == 0)
        }
    }

    @Test func `nothing is signed while the measures hide the proposal`() {
        var sitting = Sitting()
        sitting.view.operatorName = "李四"
        sitting.type("4ms")
        #expect(sitting.view.prompt == nil)
        sitting.type("ms")
        #expect(sitting.view.prompt == .sign(7))
    }

    @Test func `up and down go through all that a station measures, and another station may measure less`() {
        var sitting = Sitting()
        sitting.view.station = 6
        sitting.view.chosen = .trend
        let channels = sitting.snapshot.stations[6].channels
        #expect(channels.count == 11)
        for channel in channels.dropFirst() + [.pm25] {
            sitting.press(.down)
            #expect(sitting.view.channel == channel)
        }
        sitting.press(.up)
        #expect(sitting.view.channel == .windDirection)
        sitting.type("n")
        sitting.press(.down)
        #expect(sitting.view.station == 7 && sitting.view.channel == .pm25)
    }
}
