import AQICore
import Terminal
import Testing
import Texts
import Warnings

/// What the screen says, apart from how it looks.
@Suite("Terminal: what the screen shows") struct DashboardTests {
    private func canvas(
        _ change: (inout Snapshot) -> Void, station: Int = 0, rows: Int = 24, columns: Int = 80
    ) -> Canvas {
        var snapshot = Snapshot(time: Screens.time, stations: [Screens.severe("A")], log: Screens.log(3))
        change(&snapshot)
        return Dashboard(words: Language.english.words).canvas(snapshot, station: station, rows: rows, columns: columns)
    }

    private func lines(_ canvas: Canvas) -> [String] {
        canvas.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The styles of the columns of a row that are not plain.
    private func styles(_ canvas: Canvas, row: Int) -> Set<Style> {
        Set((0..<canvas.columns).map { canvas[row, $0].style }).subtracting([.plain])
    }

    @Test func `the last hour of a day is 24 o'clock`() {
        let shown = lines(canvas { $0.stations[0].hour = NaturalDay(number: 17_166).lastHour })
        #expect(shown[2].hasPrefix(" Hour to 24:00 "))
        #expect(shown[3].hasPrefix(" 24 h to 24:00 "))
    }

    @Test func `an index that may not be published is NA, without level or colour`() {
        let shown = canvas { $0.stations[0].realtime?.index = nil }
        #expect(lines(shown)[2] == " Hour to 08:00    AQI NA")
        #expect(styles(shown, row: 2) == [.strong])
        let absent = canvas { $0.stations[0].running24 = nil }
        #expect(lines(absent)[3] == " 24 h to 08:00    AQI NA")
    }

    @Test(
        arguments: [
            (0, .excellent), (50, .excellent), (51, .good), (100, .good), (101, .light), (150, .light),
            (151, .moderate),
            (200, .moderate), (201, .heavy), (300, .heavy), (301, .severe), (500, .severe),
        ] as [(Int32, AirQualityLevel)])
    func `an index has the words and the colour of its level, a sub-index the colour`(
        index: Int32, level: AirQualityLevel
    ) {
        let shown = canvas {
            $0.stations[0].realtime = Screens.report(.realtime, [.o3: index], index: index)
            $0.stations[0].lines[0].subIndex = index
        }
        #expect(lines(shown)[2].contains("AQI \(String(repeating: " ", count: 4 - "\(index)".count))\(index)  "))
        #expect(lines(shown)[2].contains(Language.english.words.level(level)))
        #expect(lines(shown)[2].contains(index > 50 ? "primary O3" : "primary none"))
        #expect(styles(shown, row: 2) == [.strong, .level(level)])
        #expect(styles(shown, row: 8).contains(.level(level)))
    }

    @Test func `a bar is as long as its index of 500, and never longer than its room`() {
        func bar(_ index: Int32, columns: Int) -> Int {
            let row = lines(canvas({ $0.stations[0].lines[0].subIndex = index }, columns: columns))[8]
            return row.count { $0 == "█" }
        }
        for columns in [76, 80, 120] {
            let room = columns - 69
            #expect(bar(0, columns: columns) == 0)
            #expect(bar(1, columns: columns) == 1)
            #expect(bar(250, columns: columns) == (room + 1) / 2)
            #expect(bar(500, columns: columns) == room)
            let lengths = stride(from: Int32(0), through: 500, by: 10).map { bar($0, columns: columns) }
            #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test(arguments: WarningLevel.allCases)
    func `a warning in force is named with its response and its own colour`(level: WarningLevel) {
        let shown = canvas { $0.inForce = .init(level: level, since: Screens.hour, number: 12) }
        let response = [WarningLevel.yellow: "III", .orange: "II", .red: "I"][level] ?? ""
        #expect(
            lines(shown)[5]
                == "  \(level.rawValue.uppercased()) warning in force, response \(response), since 2017-01-01 08:00 (no. 12)"
        )
        #expect(styles(shown, row: 5) == [.warning(level)])
        // What is wanted is shown beside it where it differs.
        let same = canvas {
            $0.inForce = .init(level: level, since: Screens.hour, number: 12)
            $0.wanted = level
        }
        #expect(same == shown)
        for wanted in WarningLevel.allCases where wanted != level {
            let other = canvas {
                $0.inForce = .init(level: level, since: Screens.hour, number: 12)
                $0.wanted = wanted
            }
            #expect(styles(other, row: 5) == [.warning(level), .alert])
        }
    }

    @Test func `the newest lines of the log are shown, as many as there is room for`() {
        for rows in [20, 24, 40] {
            let shown = lines(canvas({ $0.log = Screens.log(100) }, rows: rows))
            let room = rows - 17
            #expect(
                Array(shown[16..<rows - 1])
                    == (100 - room..<100).map { number in
                        let minutes = 7 * 60 + 20 + number
                        let clock =
                            "\(minutes / 60 < 10 ? "0" : "")\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
                        return " \(clock) line \(number) of the log"
                    })
            #expect(shown[rows - 1] == " q quit   d devices")
        }
    }

    @Test func `a long line of the log is cut off, and cannot steer the terminal`() {
        let shown = canvas {
            $0.log = [
                .init(time: Screens.time, text: "\u{1B}[2J" + String(repeating: "长", count: 100), isWarning: true)
            ]
        }
        let wanted = " 08:20 ?[2J" + String(repeating: "长", count: 34)
        #expect(lines(shown)[16] == wanted)
        #expect(styles(shown, row: 16) == [.faint, .alert])
    }

    @Test func `the stations take turns`() {
        func name(_ station: Int) -> String {
            let shown = canvas(
                { $0.stations = ["A", "B", "C"].map(Screens.severe) }, station: station)
            return String(lines(shown)[0].prefix(16).suffix(2))
        }
        #expect((0..<7).map(name) == ["A ", "B ", "C ", "A ", "B ", "C ", "A "])
    }

    @Test func `a station's name with escape sequences is harmless`() {
        let shown = canvas { $0.stations[0].name = "\u{1B}[31m\u{9B}2J\u{7}站\n" }
        #expect(lines(shown)[0].hasPrefix(" aqi-monitor  ?[31m?2J?站?  "))
        for row in 0..<shown.rows {
            for run in shown.runs(row: row) {
                #expect(run.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
            }
        }
    }

    @Test(arguments: [(24, 80), (60, 200)])
    func `the devices' screen shows who answers, who reads a gas, and who is only tried now and then`(
        size: (rows: Int, columns: Int)
    ) {
        var snapshot = Snapshot(time: Screens.time)
        var well = Snapshot.Device(bus: "gas rack", name: "SO2 analyser")
        well.answered = 123_456
        well.median = 1250
        well.slowest = 217_000
        var gas = Snapshot.Device(bus: "gas rack", name: "臭氧分析仪臭氧分析仪臭氧分析仪臭氧分析仪")
        gas.phase = .init(flag: .zeroCheck, until: Screens.time + 600)
        gas.exceptions = [2: 3, 4: 1]
        var dead = Snapshot.Device(bus: "roof", name: "\u{1B}[2Jpm")
        dead.isAsked = false
        dead.timeouts = 4_000_000_000
        snapshot.devices = [well, gas, dead]
        let text = Dashboard(words: English()).devices(snapshot, rows: size.rows, columns: size.columns).text
        for part in ["SO2 analyser", "123k", "1.25", "217", "zero gas (PZ) until 08:30", "4000M", "tried now and then"]
        {
            #expect(text.contains(part), "\(part): \(text)")
        }
        #expect(!text.contains("\u{1B}"))
    }
}
