import AQICore
import Foundation
import Ingest
import Testing

/// Broken tables by the ten thousand: whatever comes in, out comes a table that keeps its promises, or one error.
@Suite("Ingest: broken tables") struct TableFuzzTests {
    /// Each station has one hour, so that a year that is changed does not make a series of a hundred years of gaps.
    static let tables = [
        """
        station,time,pm25,pm10,so2,no2,co,o3,flag_pm25
        A,2017-01-01T08:00:00+08:00,35.7,80,3,41,0.5,12,N
        B,2017-01-01 09:00,36,NA,,"42",0.55,-3,D
        "东,四",2016-12-31T24:00Z,1,--,/,—,-0.5,2000000,
        """,
        "\u{FEFF}time,station,o3\r\n2017-01-01T08:00,\"a\"\"b\r\n\",100.0005\r\n\r\n2017-01-02T08:00,c,-10\r\n",
    ].map { Array($0.utf8) }
    static let forecasts = [
        "issued,time,pm25,co\n2016-12-01T08:00:00+08:00,2016-12-01T09:00:00+08:00,11.25,0.675\n",
        "issued,date,aqi\n2016-12-01T08:00:00+08:00,2016-12-02,260\n2016-12-01T08:00:00+08:00,2016-12-03,\n",
    ].map { Array($0.utf8) }
    /// Bytes and pieces that mean something to some part of a reader.
    static let pieces = [
        ",", "\"", "\"\"", "\n", "\r", "\r\n", " ", "\t", "-", "--", ".", "0", "9", "5", "99999999999999999999", "e3",
        "NaN",
        "2017-01-01T08:00", "T24:00", "+23:59", "9999", "0001", "-999", "pm25", "station", "\u{FEFF}", "\u{0}", "é",
        "—",
        "\u{301}",
    ].map { Array($0.utf8) }

    static func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<1 + random.next(3) where !bytes.isEmpty {
            let place = random.next(bytes.count)
            let end = min(bytes.count, place + 1 + random.next(12))
            switch random.next(8) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes[place] ^= 1 << UInt8(random.next(8))
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.next(bytes.count))
            case 4: bytes = Array(bytes[..<place])
            case 5: bytes.swapAt(place, random.next(bytes.count))
            default: bytes.insert(contentsOf: pieces[random.next(pieces.count)], at: place)
            }
        }
        return bytes
    }

    @Test(arguments: [61, 62] as [UInt64])
    func `a broken hourly table gives a sound table or an error on one of its lines`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var tables = 0
        for round in 0..<7000 {
            let bytes = Self.mutated(Self.tables[round % Self.tables.count], &random)
            let comment = "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
            let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
            var strict: HourlyTable?
            do throws(TableError) {
                strict = try HourlyTableReader().read(bytes)
                tables += 1
            } catch {
                if !(0...lines).contains(error.line) { Issue.record("line \(error.line), \(comment)") }
            }
            if let strict, !isSound(strict) { Issue.record("\(strict), \(comment)") }
            do throws(TableError) {
                let lenient = try HourlyTableReader(isLenient: true).read(bytes)
                // What the strict reader takes, the lenient one takes as it is.
                if let strict, strict != lenient { Issue.record("lenient differs: \(comment)") }
                if !isSound(lenient) { Issue.record("\(lenient), \(comment)") }
            } catch {
                if strict != nil { Issue.record("lenient refused what strict took: \(error), \(comment)") }
            }
        }
        // Both outcomes must be met, or nothing is being tried.
        #expect(tables > 600 && tables < 6300, "\(tables) tables")
    }

    /// What every table promises.
    private func isSound(_ table: HourlyTable) -> Bool {
        let names = table.series.map { $0.station.unicodeScalars.map(\.value) }
        return zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
            && table.series.allSatisfy { series in
                !series.station.isEmpty && !series.rows.isEmpty
                    && series.rows.allSatisfy { row in
                        Pollutant.allSix.allSatisfy { pollutant in
                            guard let value = row[pollutant].thousandths else { return true }
                            return value >= (pollutant == .co ? -500 : -10_000) && value <= 2_000_000_000
                        }
                    }
            }
    }

    @Test(arguments: [63, 64] as [UInt64])
    func `a broken forecast gives a forecast in order or an error`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for round in 0..<2500 {
            let bytes = Self.mutated(Self.forecasts[round % Self.forecasts.count], &random)
            let isInOrder: Bool
            switch try? ForecastTableReader.read(bytes) {
            case .hourly(let issues): isInOrder = zip(issues, issues.dropFirst()).allSatisfy { $0.issued <= $1.issued }
            case .daily(let values):
                isInOrder =
                    zip(values, values.dropFirst()).allSatisfy { $0.issued <= $1.issued }
                    && values.allSatisfy { (0...500).contains($0.index ?? 0) }
            case nil: isInOrder = true
            }
            if !isInOrder {
                Issue.record("seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
            }
        }
    }

    @Test func `a broken gzip stream gives bytes or an error`() throws {
        let (status, output) = try run("/bin/gzip", ["-c"], input: Data(Self.tables[0] + Self.tables[0]))
        try #require(status == 0)
        var random = SplitMix(seed: 65)
        for _ in 0..<1000 {
            var bytes = Self.mutated([UInt8](output), &random)
            if bytes.count > 1 { bytes.replaceSubrange(0..<2, with: [0x1F, 0x8B]) }
            do throws(TableError) { _ = try TableFile.gunzip(bytes) } catch { #expect(error.kind == .damagedGzip) }
        }
    }
}
