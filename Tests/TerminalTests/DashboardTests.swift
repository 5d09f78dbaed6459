import AQICore
import Terminal
import Testing
import Texts
import Warnings

/// What the screen says, apart from how it looks.
@Suite("Terminal: what the screen shows") struct DashboardTests {
    private func canvas(
        _ change: (inout Snapshot) -> Void, _ screen: ScreenName = .station, rows: Int = 24, columns: Int = 80
    ) -> Canvas {
        var snapshot = Snapshot(time: Screens.time, stations: [Screens.severe("A")], log: Screens.log(3))
        change(&snapshot)
        return Dashboard(words: Language.english.words).canvas(
            snapshot, ViewState(chosen: screen), rows: rows, columns: columns)
    }

    /// Where the screen of a station has what.
    private static let (hourRow, dayRow, firstLine) = (4, 5, 8)

    private func lines(_ canvas: Canvas) -> [String] {
        canvas.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The styles of the columns of a row that are not plain.
    private func styles(_ canvas: Canvas, row: Int) -> Set<Style> {
        Set((0..<canvas.columns).map { canvas[row, $0].style }).subtracting([.plain])
    }

    @Test func `the last hour of a day is 24 o'clock`() {
        let shown = lines(canvas { $0.stations[0].hour = NaturalDay(number: 17_166).lastHour })
        #expect(shown[Self.hourRow].hasPrefix(" Hour to 24:00 "))
        #expect(shown[Self.dayRow].hasPrefix(" 24 h to 24:00 "))
    }

    @Test func `an index that may not be published is NA, without level or colour`() {
        let shown = canvas { $0.stations[0].realtime?.index = nil }
        #expect(lines(shown)[Self.hourRow] == " Hour to 08:00    AQI     NA")
        #expect(styles(shown, row: Self.hourRow) == [.strong])
        let absent = canvas { $0.stations[0].running24 = nil }
        #expect(lines(absent)[Self.dayRow] == " 24 h to 08:00    AQI     NA")
        // It says why, where that is known.
        let why = canvas {
            $0.stations[0].realtime?.index = nil
            $0.stations[0].realtime?.note = "pm10: too few data"
        }
        #expect(lines(why)[Self.hourRow].contains("NA") && lines(why)[Self.hourRow].hasSuffix("pm10: too few data"))
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
        let row = lines(shown)[Self.hourRow]
        let pattern = Glyphs.braille.pattern(level)
        #expect(row.contains("AQI \(pattern) \(String(repeating: " ", count: 3 - "\(index)".count))\(index) "))
        #expect(row.contains(Language.english.words.level(level)))
        #expect(row.contains(index > 50 ? "primary O3" : "primary none"))
        #expect(styles(shown, row: Self.hourRow) == [.level(level)])
        #expect(styles(shown, row: Self.firstLine).contains(.level(level)))
        #expect(lines(shown)[Self.firstLine].contains(pattern))
    }

    @Test func `a bar is as long as its index of 500, and never longer than its room`() {
        func bar(_ index: Int32, columns: Int) -> Int {
            let row = lines(canvas({ $0.stations[0].lines[0].subIndex = index }, columns: columns))[Self.firstLine]
            // The pattern of the highest level is the character of the bar.
            return row.count { $0 == "█" } - (index > 300 ? 1 : 0)
        }
        for columns in [80, 100, 120] {
            let room = columns - 72
            #expect(bar(0, columns: columns) == 0)
            #expect(bar(1, columns: columns) == 1)
            #expect(bar(250, columns: columns) == (room + 1) / 2)
            #expect(bar(500, columns: columns) == room)
            let lengths = stride(from: Int32(0), through: 500, by: 10).map { bar($0, columns: columns) }
            #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test(arguments: WarningLevel.allCases)
    func `a warning in force is named with its response and its own colour, and on every screen`(level: WarningLevel) {
        let change: (inout Snapshot) -> Void = { $0.inForce = .init(level: level, since: Screens.hour, number: 12) }
        let shown = canvas(change, .warning)
        let response = [WarningLevel.yellow: "III", .orange: "II", .red: "I"][level] ?? ""
        let name = level.rawValue.uppercased()
        #expect(
            lines(shown)[3]
                == "  \(name) warning in force, response \(response), since 2017-01-01 08:00 (no. 12)")
        #expect(styles(shown, row: 3) == [.warning(level)])
        for screen in ScreenName.allCases {
            #expect(lines(canvas(change, screen))[0].contains("\(name) warning"))
            #expect(styles(canvas(change, screen), row: 0).contains(.warning(level)))
        }
        // What is wanted is shown beside it where it differs.
        for wanted in WarningLevel.allCases {
            let other = canvas(
                {
                    change(&$0)
                    $0.wanted = wanted
                }, .warning)
            #expect(styles(other, row: 4).contains(.alert) == (wanted != level))
        }
    }

    @Test func `the newest lines of the log are shown, as many as there is room for`() {
        for rows in [20, 24, 40] {
            let shown = lines(canvas({ $0.log = Screens.log(100) }, .log, rows: rows))
            let first = 100 - (rows - 4)
            #expect(shown[3].hasSuffix("line \(first) of the log"))
            #expect(shown[rows - 2].hasSuffix("line 99 of the log"))
            #expect(shown[rows - 1].hasPrefix(" q quit"))
        }
    }

    @Test func `a long line of the log is cut off, and cannot steer the terminal`() {
        let shown = canvas(
            {
                $0.log = [
                    .init(time: Screens.time, text: "\u{1B}[2J" + String(repeating: "长", count: 100), isWarning: true)
                ]
            }, .log)
        #expect(lines(shown)[3] == " 08:20 ! ?[2J" + String(repeating: "长", count: 33))
        #expect(styles(shown, row: 3) == [.faint, .alert])
    }

    @Test func `what is stale, in calibration, suspect or not available looks different, and says why`() {
        var texts: [String: String] = [:]
        func note(_ name: String, _ change: (inout Snapshot.Line) -> Void) {
            for screen in [ScreenName.city, .station] {
                let shown = canvas({ change(&$0.stations[0].lines[0]) }, screen, columns: 200)
                texts["\(name) \(screen)"] = shown.text
            }
        }
        note("well") { _ in }
        note("stale") { $0.measured = Screens.time + -1200 }
        note("calibration") { $0.latest = .missing(.zeroCalibration) }
        note("suspect") { $0.marks = SuspectMarks(text: "Qspike") ?? SuspectMarks() }
        note("missing") { $0.hour = .missing(.insufficient) }
        #expect(Set(texts.values).count == texts.count)
        for screen in [ScreenName.city, .station] {
            #expect(texts["stale \(screen)"]?.contains("PM2.5 stale 20 min") == true)
            #expect(texts["calibration \(screen)"]?.contains("zero calibration (CZ)") == true)
            #expect(texts["suspect \(screen)"]?.contains("suspect (Qspike): far above the hours before") == true)
        }
    }

    @Test(arguments: ScreenName.allCases)
    func `names with escape sequences are harmless on every screen`(screen: ScreenName) {
        let hostile = "\u{1B}[31m\u{9B}2J\u{7}站\n"
        let shown = canvas(
            {
                $0.stations[0].name = hostile
                $0.storeTrouble = hostile
                $0.alarms = [Alarm(number: 1, .init(.deviceSilent, hostile), since: Screens.time)]
                $0.devices = [Snapshot.Device(bus: hostile, name: hostile)]
                $0.senders = [Snapshot.Sender(receiver: hostile, name: hostile)]
                $0.log = [.init(time: Screens.time, text: hostile, isWarning: false)]
            }, screen, columns: 120)
        #expect(shown.text.contains("?[31m?2J?站?"))
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
        var silent = Snapshot.Device(bus: "roof", name: "CO analyser")
        silent.isSilent = true
        snapshot.devices = [well, gas, dead, silent]
        let text = Dashboard(words: English()).canvas(
            snapshot, ViewState(chosen: .devices), rows: size.rows, columns: size.columns
        ).text
        for part in [
            "SO2 analyser", "123k", "1.25", "217", "zero gas (PZ) until 08:30", "4000M", "tried now and then",
            "no answer",
        ] {
            #expect(text.contains(part), "\(part): \(text)")
        }
        #expect(!text.contains("\u{1B}"))
    }
}
