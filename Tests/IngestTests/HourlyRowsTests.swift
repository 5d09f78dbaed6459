import AQICore
import Ingest
import Testing

private let header = "station,time,pm25\n"

@Suite("Ingest: rows of hourly tables") struct HourlyRowsTests {
    @Test func `rows may come in any order`() throws {
        let rows = [
            "A,2017-01-01T08:00,1", "A,2017-01-01T09:00,2", "A,2017-01-01T10:00,3", "B,2017-01-01T08:00,4",
            "B,2017-01-01T09:00,5",
        ]
        let wanted = try table(header + rows.joined(separator: "\n"))
        #expect(wanted.series.map(\.station) == ["A", "B"])
        // All 120 orders.
        for order in permutations(rows) {
            #expect(try table(header + order.joined(separator: "\n")) == wanted, "\(order)")
        }
    }

    private func permutations(_ items: [String]) -> [[String]] {
        guard let first = items.first else { return [[]] }
        return permutations(Array(items.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }

    @Test func `an hour that is absent between two others is missing`() throws {
        let read = try table(header + "A,2017-01-01T08:00,1\nA,2017-01-01T11:00,4\nB,2017-01-02T08:00,5\n")
        #expect(try read.series[0].first == hour(2017, 1, 1, 8))
        #expect(
            read.series[0].rows.map { $0[.pm25] } == [
                Concentration(thousandths: 1000), .missing(.absent), .missing(.absent),
                Concentration(thousandths: 4000),
            ])
        // Each station has its own first and last hour.
        #expect(read.series[1].rows.count == 1)
        #expect(try read.series[1].last == hour(2017, 1, 2, 8))
        #expect(try read.series[1][hour(2017, 1, 1, 8)] == HourRow())
        #expect(try read.series[1][hour(2017, 1, 2, 9)] == HourRow())
    }

    @Test func `the same hour by another spelling of its time is the same hour`() throws {
        let read = try table(
            header
                + "A,2016-12-31T24:00,1\nA,2017-01-01 00:00:00,1\nA,2016-12-31T16:00:00Z,1.0\nA,2017-01-01T00:00+0800,1\n"
        )
        #expect(read.series.count == 1)
        #expect(try read.series[0].first == hour(2016, 12, 31, 24))
        #expect(read.series[0].rows.count == 1)
    }

    @Test func `a repeated hour with the same values is taken once`() throws {
        let once = try table(header + "A,2017-01-01T08:00,1\nA,2017-01-01T09:00,\n")
        let text =
            header + "A,2017-01-01T08:00,1\nA,2017-01-01T09:00,NA\nA,2017-01-01T08:00,1.0000\nA,2017-01-01T09:00,\n"
        #expect(try table(text) == once)
    }

    @Test func `a repeated hour with other values is refused, with both lines`() throws {
        let eight = try hour(2017, 1, 1, 8)
        func contradiction(_ first: Int, _ second: Int) -> TableError {
            TableError(.contradicts(station: "A", hour: eight, line: first), line: second)
        }
        #expect(throws: contradiction(2, 3)) { try table(header + "A,2017-01-01T08:00,1\nA,2017-01-01T08:00,2\n") }
        // A value against a missing one is a contradiction too: nobody knows which holds.
        #expect(throws: contradiction(2, 3)) { try table(header + "A,2017-01-01T08:00,1\nA,2017-01-01T08:00,\n") }
        #expect(throws: contradiction(2, 3)) { try table(header + "A,2017-01-01T08:00,\nA,2017-01-01T08:00,1\n") }
        // Far apart, and after a repetition that agrees.
        let filler = (1...3).map { "B,2017-01-0\($0)T08:00,1\n" }.joined()
        #expect(throws: contradiction(6, 7)) {
            try table(
                header + "A,2017-01-01T08:00,1\n" + filler + "A,2017-01-01T08:00,1\nA,2017-01-01T08:00,1.001\n")
        }
        // Line breaks inside quotes count.
        #expect(throws: contradiction(2, 5)) {
            try table("station,time,note,pm25\nA,2017-01-01T08:00,\"\n\n\",1\nA,2017-01-01T08:00,,2\n")
        }
    }

    @Test func `a difference that rounding removes is none`() throws {
        #expect(throws: Never.self) { try table(header + "A,2017-01-01T08:00,1.0001\nA,2017-01-01T08:00,1\n") }
    }

    @Test func `stations stand in the order of their names' code points`() throws {
        // Code points, not a locale's collation: capitals before small letters, digits before both, pinyin plays no part.
        let sorted = ["1001A", "1001a", "A", "B", "a", "é", "东四", "天坛", "官园", "西直门北", "ｶ", "𠮷林"]
        for name in sorted { #expect(name.unicodeScalars.count > 0) }
        let points = sorted.map { $0.unicodeScalars.map(\.value) }
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        var random = SplitMix(seed: 31)
        for _ in 0..<20 {
            let rows = sorted.shuffled(using: &random).map { "\($0),2017-01-01T08:00,1" }
            #expect(try table(header + rows.joined(separator: "\n")).series.map(\.station) == sorted)
        }
    }

    @Test func `names that differ only in case or inner spaces are different stations`() throws {
        let read = try table(header + "a b,2017-01-01T08:00,1\na  b,2017-01-01T08:00,2\nA b,2017-01-01T08:00,3\n")
        #expect(read.series.map(\.station) == ["A b", "a  b", "a b"])
    }

    @Test func `a quoted name is the same station as the plain one`() throws {
        let read = try table(header + "A,2017-01-01T08:00,1\n\"A\",2017-01-01T09:00,2\n A ,2017-01-01T10:00,3\n")
        #expect(read.series.map(\.station) == ["A"])
        #expect(read.series[0].rows.count == 3)
        let quoted = try table(header + "\"a\"\"b,c\",2017-01-01T08:00,1\n")
        #expect(quoted.series.map(\.station) == ["a\"b,c"])
    }

    @Test(arguments: [32, 33] as [UInt64])
    func `a shuffled table of several stations gives each its own hours`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let first = try hour(2016, 2, 28, 1)
        var wanted: [String: [Int32: Int32]] = [:]
        var rows: [String] = []
        for station in ["东四", "A", "b\"x", "10", "9"] {
            for offset in 0..<Int32(72) where random.next(4) > 0 {
                let value = Int32(random.next(900_000))
                wanted[station, default: [:]][offset] = value
                let label = (first + offset).endingLabel.seconds / 3600 + 8
                let date = CivilDate(daysSince1970: Int32(label / 24))
                func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
                let time = "2016-\(two(Int64(date.month)))-\(two(Int64(date.day)))T\(two(label % 24)):00"
                let name = station.contains("\"") ? "\"b\"\"x\"" : station
                rows.append("\(name),\(time),\(value / 1000).\(String(String(value % 1000 + 1000).dropFirst()))")
            }
        }
        let read = try table(header + rows.shuffled(using: &random).joined(separator: "\n"))
        #expect(Set(read.series.map(\.station)) == Set(wanted.keys))
        for series in read.series {
            let hours = try #require(wanted[series.station])
            #expect(try series.first - first == #require(hours.keys.min()), "seed \(seed)")
            #expect(try series.last - first == #require(hours.keys.max()), "seed \(seed)")
            for place in series.rows.indices {
                let offset = series.first - first + Int32(place)
                #expect(series.rows[place][.pm25].thousandths == hours[offset], "seed \(seed), \(series.station)")
            }
        }
    }

    @Test(arguments: [34, 35] as [UInt64])
    func `of two records that contradict each other the later line is refused, in whatever order the hours come`(
        seed: UInt64
    ) throws {
        var random = SplitMix(seed: seed)
        let eight = try hour(2017, 1, 1, 8)
        for _ in 0..<200 {
            // Ten hours, each once or twice, the second time the same; one of them with another value in the end.
            let hours = (0..<10).flatMap { [Int](repeating: $0, count: 1 + random.next(2)) }
            let shuffled = random.next(2) == 0 ? hours : hours.shuffled(using: &random)
            var rows = shuffled.map { "A,2017-01-01T\($0 + 10):00,\($0)" }
            #expect(try table(header + rows.joined(separator: "\n")).series[0].rows.count == 10)
            let other = random.next(10)
            rows.append("A,2017-01-01T\(other + 10):00,99")
            let before = shuffled.lastIndex(of: other).map { $0 + 2 } ?? 0
            let error = TableError(
                .contradicts(station: "A", hour: eight + Int32(other + 2), line: before), line: rows.count + 1)
            #expect(throws: error, "seed \(seed)") { try table(header + rows.joined(separator: "\n")) }
        }
    }

    @Test func `a year that is mistyped is refused instead of filled`() throws {
        // 100 years of 8,766 hours; from 2017-01-01 that is 2117-01-02, for 2100 is no leap year.
        let first = try hour(2017, 1, 1, 8)
        let last = try hour(2117, 1, 2, 9)
        let text = header + "A,2017-01-01T08:00,1\nA,2117-01-02T09:00,2\nA,2017-01-01T09:00,2\n"
        #expect(throws: TableError(.spanTooLong(station: "A", first: first, last: last), line: 3)) { try table(text) }
        #expect(throws: Never.self) { try table(header + "A,2017-01-01T08:00,1\nA,2117-01-02T08:00,2\n") }
        // Two stations two centuries apart are no reason to refuse.
        #expect(throws: Never.self) { try table(header + "A,2017-01-01T08:00,1\nB,2217-01-01T12:00,2\n") }
    }
}
