import AQICore
import Testing
import Texts

@Suite("Texts: languages") struct LanguageTests {
    @Test(
        arguments: [
            ([:], .english), (["LANG": "en_US.UTF-8"], .english), (["LANG": "zh_CN.UTF-8"], .chinese),
            (["LANG": "zh"], .chinese),
            (["LANG": "zh_TW"], .chinese), (["LANG": "C"], .english), (["LANG": "POSIX"], .english),
            (["LANG": "de_DE"], .english),
            // POSIX.1-2017, 8.2: LC_ALL before the category before LANG; an empty one counts as not set.
            (["LANG": "zh_CN", "LC_ALL": "C"], .english), (["LANG": "C", "LC_ALL": "zh_CN"], .chinese),
            (["LANG": "C", "LC_MESSAGES": "zh_CN"], .chinese), (["LC_MESSAGES": "C", "LANG": "zh_CN"], .english),
            (["LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN"], .chinese),
            (["LC_ALL": "en_GB", "LC_MESSAGES": "zh"], .english),
            (["LC_CTYPE": "zh_CN.UTF-8"], .english), (["LANG": ""], .english),
        ] as [([String: String], Language)])
    func `the language is that of the environment`(environment: [String: String], language: Language) {
        #expect(Language(environment: environment) == language)
    }
}

/// Whether a text holds Chinese.
private func isChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
}

@Suite("Texts: what the program says") struct WordsTests {
    static let english = Language.english.words
    static let chinese = Language.chinese.words
    static let flags = (UInt8(0)..<64).compactMap(DataFlag.init)

    /// Messages with something of their own in them, which both languages must repeat.
    static let messages: [(@Sendable (any Words) -> String, [String])] = [
        ({ $0.noSuchFile("a.csv") }, ["a.csv"]), ({ $0.unreadable("a.csv", "EIO") }, ["a.csv", "EIO"]),
        ({ $0.cannotCreate("a.csv", "EIO") }, ["a.csv", "EIO"]),
        ({ $0.inTable("a.csv", line: 7, "x") }, ["a.csv", "7", "x"]),
        ({ $0.notUTF8 }, ["iconv -f GB18030 -t UTF-8"]), ({ $0.damagedGzip }, ["gzip"]),
        ({ $0.emptyTable }, ["station,time,pm25"]), ({ $0.missingColumn("time") }, ["time"]),
        ({ $0.repeatedColumn("co") }, ["co"]), ({ $0.fieldCount(have: 3, need: 8) }, ["3", "8"]),
        ({ $0.unclosedQuote }, []), ({ $0.textAfterQuote }, []), ({ $0.emptyStation }, []),
        ({ $0.badTime("x") }, ["x", "2017-01-01T08:00:00+08:00"]), ({ $0.notOnTheHour("08:30") }, ["08:30"]),
        ({ $0.badDate("x") }, ["x", "2017-01-01"]),
        ({ $0.badNumber(column: "co", text: "y") }, ["co", "y", "--missing", "--lenient"]),
        (
            { $0.outOfRange(column: "co", text: "-999", lowest: "-0.5", highest: "2000000") },
            ["co", "-999", "-0.5", "2000000"]
        ),
        ({ $0.contradicts(station: "A", time: "T", line: 5) }, ["A", "T", "5"]),
        ({ $0.spanTooLong(station: "A", first: "F", last: "L") }, ["A", "F", "L", "100"]),
        ({ $0.badEvent("p") }, ["p"]), ({ $0.ignoredColumns("a.csv", ["x", "y"]) }, ["a.csv", "x", "y"]),
        ({ $0.unreadableValues(12) }, ["12"]),
        ({ $0.unknownStation("A", "f", known: ["B", "C"]) }, ["A", "f", "B", "C"]),
        ({ $0.noHours("f") }, ["f"]), ({ $0.inConfiguration("f", line: 3, column: 9, "p") }, ["f", "3", "9", "p"]),
        ({ $0.unknownKey("statoin", suggestion: "station") }, ["statoin", "station"]),
        ({ $0.storeIsAbsent("s.db") }, ["s.db"]), ({ $0.storeIsNoDatabase("s.db") }, ["s.db", "--store"]),
        ({ $0.storeIsForeign("s.db") }, ["s.db", "--store"]), ({ $0.storeIsNewer("s.db") }, ["s.db"]),
        ({ $0.storeIsHeld("s.db", by: "H") }, ["s.db", "H"]), ({ $0.storeCannotOpen("s.db", "R") }, ["s.db", "R"]),
        ({ $0.storeFailed("s.db", "R") }, ["s.db", "R"]), ({ $0.portInUse(1502, "R") }, ["1502", "R", "--port"]),
        ({ $0.deviceLost(bus: "b", device: "d", "p") }, ["b", "d", "p", "B"]),
        ({ $0.deviceBack(bus: "b", device: "d") }, ["b", "d"]), ({ $0.cannotConnect("R") }, ["R"]),
        ({ $0.cannotListen("h:1", "R") }, ["h:1", "R"]),
        ({ $0.simulatorEnded(requests: 7, misbehaved: 3) }, ["7", "3"]),
        ({ $0.onUnit("line", unit: 5, "p") }, ["line", "5", "p"]),
        ({ $0.nothingAnswers("line", units: "1-247") }, ["line", "1-247", "--units"]),
        ({ $0.looksLikeConcentration }, ["*"]), ({ $0.unitWithoutRegisters(5) }, ["5", "--registers"]),
        ({ $0.scanningUnits(7, of: 247, found: 2, perSecond: "5.0", left: "48 s") }, ["7", "247", "2", "5.0", "48 s"]),
        ({ $0.scanningRegisters(unit: 7, 125, of: 201, left: "3 s") }, ["7", "125", "201", "3 s"]),
        ({ $0.refused(code: 2) }, ["2"]), ({ $0.noAnswer }, []), ({ $0.badAnswer }, []),
        ({ $0.started(stations: 3, buses: 2) }, ["3", "2"]), ({ $0.lateReadings(4) }, ["4"]),
        ({ $0.hourRevised(station: "A", time: "08:00") }, ["A", "08:00"]),
        ({ $0.hourNotStored(time: "08:00") }, ["08:00"]),
        (
            {
                $0.suspectBegan(
                    station: "A", time: "T", .pm25, value: "985", SuspectMarks(bits: 0b1001))
            }, ["A", "T", "PM2.5", "985", "Qrange", "Qspike"]
        ),
        ({ $0.suspectValues("a.csv", 3, of: 96) }, ["a.csv", "3", "96"]),
        (
            { $0.hourClosed(station: "A", time: "T", index: 301, level: .severe, primary: "PM2.5") },
            ["A", "T", "301", "PM2.5"]
        ),
        ({ $0.unknownTerminal("vt0") }, ["vt0", "--headless"]), ({ $0.noTerminal }, ["--headless"]),
    ]

    @Test func `every message is said in both languages, with what it is about`() {
        for (message, parts) in Self.messages {
            let (english, chinese) = (message(Self.english), message(Self.chinese))
            #expect(!english.isEmpty && !isChinese(english), "\(english)")
            #expect(isChinese(chinese), "\(chinese)")
            for part in parts {
                #expect(english.contains(part), "\(english) without \(part)")
                #expect(chinese.contains(part), "\(chinese) without \(part)")
            }
        }
    }

    @Test func `a problem of the whole table names no line`() {
        #expect(Self.english.inTable("a.csv", line: 0, "problem") == "a.csv: problem")
        #expect(Self.english.inTable("a.csv", line: 12, "problem") == "a.csv: line 12: problem")
        #expect(Self.chinese.inTable("a.csv", line: 12, "问题") == "a.csv：第 12 行：问题")
    }

    @Test func `the six levels have the names of the standard, each its own`() {
        let levels = (UInt8(1)...6).compactMap(AirQualityLevel.init)
        // HJ 633-2026 table 4 (2012: table 2).
        #expect(levels.map(Self.chinese.level) == ["优", "良", "轻度污染", "中度污染", "重度污染", "严重污染"])
        #expect(Set(levels.map(Self.english.level)).count == 6)
    }

    @Test func `every flag that makes a value invalid has words of its own`() {
        for words in [Self.english, Self.chinese] {
            let texts = Self.flags.filter { $0 != .normal }.map(words.flag)
            #expect(texts.allSatisfy { !$0.isEmpty })
            #expect(Set(texts).count == texts.count)
        }
        #expect(Self.flags.filter { $0 != .normal }.allSatisfy { isChinese(Self.chinese.flag($0)) })
    }

    @Test func `every rule by which a value is suspect has words of its own`() {
        for words in [Self.english, Self.chinese] {
            #expect(Set(SuspectRule.allSix.map(words.suspectRule)).count == SuspectRule.count)
        }
        #expect(SuspectRule.allSix.allSatisfy { isChinese(Self.chinese.suspectRule($0)) })
    }

    @Test func `an age is told in the unit that fits it`() {
        for (seconds, text) in [
            (-5, "0 s"), (0, "0 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"),
            (172_799, "47 h"),
            (172_800, "2 d"), (8_640_000, "100 d"),
        ] as [(Int64, String)] {
            #expect(Self.english.age(seconds: seconds) == text)
        }
        #expect(Self.chinese.age(seconds: 7200) == "2 时")
    }

    @Test func `an hour without an index is told as NA`() {
        #expect(Self.english.hourClosed(station: "A", time: "T", index: nil, level: nil, primary: "") == "A T  AQI NA")
        #expect(
            Self.english.hourClosed(station: "A", time: "T", index: 42, level: .excellent, primary: "")
                == "A T  AQI 42 excellent")
        #expect(
            Self.chinese.hourClosed(station: "A", time: "T", index: 301, level: .severe, primary: "PM2.5")
                == "A T  AQI 301 严重污染，PM2.5")
    }
}
