import AQICore
import Foundation
import Ingest
import Testing

/// City values are means of the concentrations of those stations that have one, in thousandths, half to even.
@Suite("Ingest: means of a city") struct CityMeanTests {
    private func mean(_ values: [String]) throws -> Concentration {
        let rows = values.enumerated().map { "S\($0.offset),2017-01-01T08:00,\($0.element)\n" }
        let city = try #require(try table("station,time,pm25\n" + rows.joined()).cityMean(named: "city"))
        #expect(city.station == "city")
        #expect(city.rows.count == 1)
        return city.rows[0][.pm25]
    }

    @Test(
        arguments: [
            (["10", "11"], 10_500), (["10", "10", "11"], 10_333), (["10", "11", "11"], 10_667),
            // Exactly a half of a thousandth goes to the even one.
            (["0.001", "0.002"], 2), (["0.000", "0.001"], 0), (["0.002", "0.003"], 2), (["0.003", "0.004"], 4),
            (["-0.001", "-0.002"], -2), (["-0.002", "-0.003"], -2), (["-0.001", "0"], 0),
            // Negative noise counts as it is; stations without a value do not count at all.
            (["-10", "10"], 0), (["-5", "NA", "-6"], -5500), (["7", "", "--"], 7000),
            (["2000000", "2000000"], 2_000_000_000),
        ] as [([String], Int32)])
    func `the mean of some stations is exact and rounded once`(values: [String], thousandths: Int32) throws {
        #expect(try mean(values) == Concentration(thousandths: thousandths))
    }

    @Test func `a city without any value has none`() throws {
        #expect(try mean(["NA", ""]) == .missing(.absent))
    }

    @Test func `the city reaches from the first hour of any station to the last of any`() throws {
        let read = try table(
            "station,time,pm25,co\nA,2017-01-01T08:00,10,\nA,2017-01-01T09:00,20,1\nB,2017-01-01T09:00,40,\n"
                + "C,2017-01-01T12:00,7,0.5\n")
        let city = try #require(read.cityMean(named: "city"))
        #expect(try city.first == hour(2017, 1, 1, 8))
        #expect(city.rows.map { $0[.pm25].thousandths } == [10_000, 30_000, nil, nil, 7000])
        #expect(city.rows.map { $0[.co].thousandths } == [nil, 1000, nil, nil, 500])
    }

    @Test(arguments: [51, 52] as [UInt64])
    func `random cities agree with slow decimal arithmetic`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for round in 0..<400 {
            let values = (0..<1 + random.next(12)).map { _ -> Int32? in
                random.next(5) == 0 ? nil : Int32(random.next(4) == 0 ? random.next(8) : random.next(2_000_000)) - 4
            }
            let rows = values.map { value in
                var row = HourRow()
                if let value { row[.no2] = Concentration(thousandths: value) }
                return row
            }
            let present = values.compactMap(\.self)
            var wanted: Int32?
            if !present.isEmpty {
                var exact = Decimal(present.reduce(0) { $0 + Int($1) }) / Decimal(present.count)
                var rounded = Decimal()
                unsafe NSDecimalRound(&rounded, &exact, 0, .bankers)
                wanted = NSDecimalNumber(decimal: rounded).int32Value
            }
            #expect(HourRow(meanOf: rows)[.no2].thousandths == wanted, "seed \(seed), round \(round): \(values)")
            #expect(HourRow(meanOf: rows)[.pm25] == .missing(.absent))
        }
    }
}
