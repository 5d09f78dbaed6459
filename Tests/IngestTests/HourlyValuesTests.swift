import AQICore
import Ingest
import Testing

/// One value of one pollutant in an otherwise good table.
private func value(
    _ text: String, of pollutant: Pollutant = .pm25, missing: [String] = [], lenient: Bool = false
) throws -> (value: Concentration, unreadable: Int) {
    let read = try table(
        "station,time,\(pollutant.name)\nA,2017-01-01T08:00:00+08:00,\(text)\n", missing: missing, lenient: lenient)
    return (try #require(read.series.first).rows[0][pollutant], read.unreadableValues)
}

@Suite("Ingest: values of hourly tables") struct HourlyValuesTests {
    @Test(arguments: [
        "", "NA", "na", "Na", "NaN", "nan", "NAN", "null", "NULL", "Null", "-", "--", "—", "/", "\"\"", "\"NA\"", " - ",
    ])
    func `the usual marks of a missing value are read in any case`(text: String) throws {
        for lenient in [false, true] {
            let read = try value(text, lenient: lenient)
            #expect(read.value == .missing(.absent))
            // Missing on purpose is not unreadable.
            #expect(read.unreadable == 0)
        }
    }

    @Test(arguments: ["n/a", "N/A", "none", "nil", "---", "––", "–", "#N/A", "缺测", "1e3", "1,5", "<5", "5*", "12.5ug"])
    func `anything else that is no number is refused by name, or counted where lenient`(text: String) throws {
        let field = text.contains(",") ? "\"\(text)\"" : text
        #expect(throws: TableError(.badNumber(column: "pm25", text: text), line: 2)) { try value(field) }
        let read = try value(field, lenient: true)
        #expect(read.value == .missing(.absent))
        #expect(read.unreadable == 1)
    }

    @Test func `numbers are kept in thousandths, half to even`() throws {
        for (text, thousandths) in [
            ("35", 35_000), ("35.7", 35_700), ("35.0125", 35_012), ("35.0135", 35_014), ("-0.25", -250), ("0", 0),
            ("1078.0005", 1_078_000), ("\"35.7\"", 35_700), (" 35.7 ", 35_700), ("+5", 5000),
        ] as [(String, Int32)] {
            #expect(try value(text).value == Concentration(thousandths: thousandths), "\(text)")
        }
    }

    /// contracts.md: small negatives down to -10 (CO -0.5) are legal, 2,000,000 is the most.
    @Test(arguments: Pollutant.allSix)
    func `the limits hold to the last decimal`(pollutant: Pollutant) throws {
        let lowest = pollutant == .co ? "-0.5" : "-10"
        let lowestThousandths: Int32 = pollutant == .co ? -500 : -10_000
        // Just inside. The rounded value of what lies just outside is legal: the text decides, not the rounding.
        let justBelow = pollutant == .co ? "-0.5000001" : "-10.0000001"
        let inside = pollutant == .co ? "-0.4999999" : "-9.9999999"
        #expect(try value(lowest, of: pollutant).value == Concentration(thousandths: lowestThousandths))
        #expect(try value(lowest + (pollutant == .co ? "000" : ".000"), of: pollutant).value.isMissing == false)
        #expect(try value(inside, of: pollutant).value == Concentration(thousandths: lowestThousandths))
        #expect(try value("2000000", of: pollutant).value == Concentration(thousandths: 2_000_000_000))
        #expect(try value("1999999.9999999", of: pollutant).value == Concentration(thousandths: 2_000_000_000))
        #expect(try value("2000000.0000", of: pollutant).value == Concentration(thousandths: 2_000_000_000))
        for text in [
            justBelow, "2000000.0000001", "2000000.001", "2000001", "-2000000", "99999999999999999999", "-11",
        ] {
            let error = TableError(
                .outOfRange(column: pollutant.name, text: text, lowest: lowest, highest: "2000000"), line: 2)
            #expect(throws: error) { try value(text, of: pollutant) }
            let read = try value(text, of: pollutant, lenient: true)
            #expect(read.value == .missing(.absent), "\(text)")
            #expect(read.unreadable == 1)
        }
    }

    @Test func `an unlikely value is legal, an impossible one is not`() {
        // 544,823 µg/m³ of PM2.5 stand in the published file of 2014-01-16: within the limits, however unlikely.
        #expect(throws: Never.self) { try value("544823") }
        #expect(throws: TableError.self) { try value("5448230") }
    }

    @Test func `further sentinels are compared as numbers, and before the limits`() throws {
        for text in ["-999", "-999.0", "-0999", "-999.000", "9999", "9999.0"] {
            #expect(try value(text, missing: ["-999", "9999"]).value == .missing(.absent), "\(text)")
            #expect(try value(text, missing: ["-999", "9999"], lenient: true).unreadable == 0)
        }
        for text in ["999", "99990", "9998.9"] {
            #expect(try value(text, missing: ["-999", "9999"]).value.isMissing == false, "\(text)")
        }
        #expect(throws: TableError.self) { try value("-99", missing: ["-999", "9999"]) }
        #expect(throws: TableError.self) { try value("-999") }
    }

    @Test func `a sentinel may be a word, exactly as it is written`() throws {
        #expect(try value("n/a", missing: ["n/a"]).value == .missing(.absent))
        #expect(throws: TableError.self) { try value("N/A", missing: ["n/a"]) }
    }

    @Test func `a lenient reader counts every value that it could not read, and only those`() throws {
        let read = try table(
            """
            station,time,pm25,pm10,co,flag_co
            A,2017-01-01T08:00,1,x,3000000,
            A,2017-01-01T09:00,-11,NA,-0.6,
            A,2017-01-01T10:00,4,5,y,D
            """, lenient: true)
        // x, 3000000, -11, -0.6; the value of a flag that makes it invalid is not looked at.
        #expect(read.unreadableValues == 4)
        #expect(
            read.series.first?.rows.map(thousandths) == [
                [1000, nil, nil, nil, nil, nil], [nil, nil, nil, nil, nil, nil], [4000, 5000, nil, nil, nil, nil],
            ])
    }

    @Test func `lenient or not, times and names must be right`() {
        for lenient in [false, true] {
            #expect(throws: TableError(.badTime("x"), line: 2)) { try table("station,time\nA,x\n", lenient: lenient) }
            #expect(throws: TableError(.emptyStation, line: 2)) {
                try table("station,time\n,2017-01-01T08:00\n", lenient: lenient)
            }
        }
    }
}

/// Flag columns: HJ 212 letters and the codes of the national stations.
@Suite("Ingest: flags of hourly tables") struct HourlyFlagsTests {
    private func read(_ flag: String, value: String = "35.7") throws -> Concentration {
        let read = try table("station,time,pm25,flag_pm25\nA,2017-01-01T08:00,\(value),\(flag)\n")
        return try #require(read.series.first).rows[0][.pm25]
    }

    @Test(
        arguments: [
            "", "N", "n", "T", "t", "HSp", "hsp", "LSp", "Re", "RE", "Qrange", "qneg", "QFLAT", "Qspike", "Qpm", "Qnox",
            "Qflat+Qspike", "qpm+QRANGE",
        ])
    func `a value with a mark that leaves it valid counts`(flag: String) throws {
        #expect(try read(flag) == Concentration(thousandths: 35_700))
    }

    @Test(
        arguments: [
            ("F", .stopped), ("M", .maintenance), ("S", .setByHand), ("D", .fault), ("C", .calibration),
            ("B", .communication), ("H", .insufficient), ("BB", .badConnection), ("W", .recovering), ("PS", .spanCheck),
            ("PZ", .zeroCheck), ("AS", .precisionCheck), ("CZ", .zeroCalibration), ("CS", .spanCalibration),
            ("RM", .removed), ("d", .fault), ("bb", .badConnection),
        ] as [(String, DataFlag)])
    func `a value with a mark that makes it invalid is missing for that reason`(flag: String, reason: DataFlag) throws {
        #expect(try read(flag) == .missing(reason))
        // What stands in the value's place is not looked at: 985 under calibration is no reading.
        #expect(try read(flag, value: "not a number") == .missing(reason))
        #expect(try read(flag, value: "") == .missing(reason))
    }

    @Test func `an unknown mark makes the value missing, never valid`() throws {
        for flag in ["X", "Q", "ok", "0", "N N", "正常", "Qfoo", "Qflat+", "Qflat+Qfoo", "Qflat+D", "Qflat Qpm"] {
            #expect(try read(flag) == .missing(.unknown), "\(flag)")
        }
    }

    @Test func `a missing value with a good mark is missing for no known reason`() throws {
        #expect(try read("N", value: "") == .missing(.absent))
        #expect(try read("T", value: "--") == .missing(.absent))
    }

    @Test func `each pollutant has its own flag`() throws {
        let names = Pollutant.allSix.map(\.name)
        for flagged in Pollutant.allSix {
            let flags = Pollutant.allSix.map { $0 == flagged ? "D" : "N" }
            let read = try table(
                "station,time,\(names.joined(separator: ",")),\(names.map { "flag_" + $0 }.joined(separator: ","))\n"
                    + "A,2017-01-01T08:00,1,1,1,1,1,1,\(flags.joined(separator: ","))\n")
            let row = try #require(read.series.first).rows[0]
            for pollutant in Pollutant.allSix {
                #expect(row[pollutant] == (pollutant == flagged ? .missing(.fault) : Concentration(thousandths: 1000)))
            }
        }
    }
}
