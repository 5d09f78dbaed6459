import Foundation
import TestSupport
import Testing

@Suite("quality: the command") struct QualityCommandTests {
    private static let table = """
        time,station,pm25,pm10,so2,no2,co,o3,flag_o3
        2026-05-01T01:00,B,40,20.5,-4,20,0.5,7,
        2026-05-01T01:00,"A, north",10,50,5,20,0.5,60,D
        2026-05-01T02:00,"A, north",10,50,5,20,0.5,60.5,Qflat
        2026-05-01T03:00,"A, north",10,50,5,20,0.5,60,N
        2026-05-01T04:00,"A, north",10,50,5,20,60,60,
        2026-05-01T05:00,"A, north",2000,50,,20,0.5,60,
        2026-05-01T06:00,"A, north",10,50,5,20,0.5,60,

        """

    @Test func `a line for every suspect value, in order of station, time and pollutant, and a count of each rule`()
        throws
    {
        let result = try Program.run("quality", "-", input: Self.table)
        #expect(result.status == 0)
        #expect(
            result.output == """
                station,time,pollutant,value,marks
                "A, north",2026-05-01T04:00:00+08:00,co,60,Qrange+Qspike
                "A, north",2026-05-01T05:00:00+08:00,pm25,2000,Qrange+Qspike+Qpm
                "A, north",2026-05-01T05:00:00+08:00,pm10,50,Qpm
                "A, north",2026-05-01T06:00:00+08:00,pm10,50,Qflat
                B,2026-05-01T01:00:00+08:00,pm25,40,Qpm
                B,2026-05-01T01:00:00+08:00,pm10,20.5,Qpm
                B,2026-05-01T01:00:00+08:00,so2,-4,Qneg

                """)
        #expect(
            result.errors == """
                aqi-monitor: -: 7 of 40 values are suspect
                aqi-monitor: Qrange  2  outside the range that is believed
                aqi-monitor: Qneg  1  below zero by more than noise
                aqi-monitor: Qflat  1  the same value for hours
                aqi-monitor: Qspike  2  far above the hours before
                aqi-monitor: Qpm  4  PM2.5 above PM10

                """)
    }

    @Test func `lines of JSON hold the same`() throws {
        let lines = try Program.run("quality", "-", "--json", input: Self.table).lines
        #expect(lines.count == 7)
        #expect(
            lines[1]
                == #"{"station":"A, north","time":"2026-05-01T05:00:00+08:00","pollutant":"pm25","value":2000,"marks":["Qrange","Qspike","Qpm"]}"#
        )
    }

    @Test func `thresholds come from a configuration, which may hold nothing else`() throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(
            "q.toml",
            """
            [quality]
            pm25_above_pm10 = false
              [quality.co]
              highest = 60
              spike_step = 59.5
              [quality.o3]
              flat_hours = 4
              [quality.pm10]
              flat_hours = false
              [quality.pm25]
              highest = false
              spike_step = false
              [quality.so2]
              noise = 4
            """)
        let result = try Program.run("quality", "-", "--config", config, input: Self.table)
        #expect(
            result.lines.dropFirst() == [
                #""A, north",2026-05-01T06:00:00+08:00,o3,60,Qflat"#
            ])
        let bad = try folder.write("bad.toml", "[quality]\nflat_hours = 3\n")
        let refused = try Program.run("quality", "-", "--config", bad, input: Self.table)
        #expect(refused.status == 78 && refused.output.isEmpty)
        #expect(refused.errors.contains("bad.toml: line 2, column 1: \"flat_hours\""))
        #expect(try Program.run("quality", "-", "--config", folder.file("none"), input: Self.table).status == 66)
    }

    @Test func `mistakes end it as they end compute, and leave no file`() throws {
        let folder = try TemporaryFolder()
        let bad = try Program.run("quality", "-", "-o", folder.file("out.csv"), input: "x,y\n")
        #expect(bad.status == 65 && bad.errors.contains("\"station\""))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        #expect(try Program.run("quality", "/nowhere.csv").status == 66)
        #expect(try Program.run("quality").status == 64)
        let empty = try Program.run("quality", "-", input: "station,time,pm25\n")
        #expect(empty.status == 0 && empty.errors.contains("0 of 0 values"))
    }

    @Test func `of two months of Beijing it marks what a glance at the table marks, and not one value in a hundred`()
        throws
    {
        guard let data = try SharedData.path("beijing-12-stations/hourly-2016-12_2017-01.csv") else { return }
        let result = try Program.run("quality", data)
        #expect(result.status == 0)
        let input = PlainTable(try String(contentsOfFile: data, encoding: .utf8))
        var values: [String: Decimal] = [:]
        var inverted: Set<String> = []
        for row in input.rows {
            let key = "\(row["station"] ?? "") \(row["time"] ?? "")"
            for name in ["pm25", "pm10", "so2", "no2", "co", "o3"] {
                values["\(key) \(name)"] = Decimal(string: row[name] ?? "")
            }
            if let pm25 = values["\(key) pm25"], let pm10 = values["\(key) pm10"], pm25 > pm10 + 10 {
                inverted.formUnion(["\(key) pm25", "\(key) pm10"])
            }
        }
        let marked = PlainTable(result.output).rows
        var marks: [String: Int] = [:]
        var found: Set<String> = []
        for row in marked {
            let key = "\(row["station"] ?? "") \(row["time"] ?? "") \(row["pollutant"] ?? "")"
            #expect(values[key] == Decimal(string: row["value"] ?? ""), "\(row)")
            for mark in (row["marks"] ?? "").split(separator: "+") {
                marks[String(mark), default: 0] += 1
                if mark == "Qpm" { found.insert(key) }
            }
        }
        #expect(found == inverted && found.count == 30)
        #expect(marked.count == 258 && values.count == 106_167)
        #expect(result.errors.contains("258 of 106167 values"))
        for (mark, count) in marks { #expect(result.errors.contains("\(mark)  \(count)  ")) }
        #expect(marks == ["Qflat": 119, "Qspike": 109, "Qpm": 30])
    }
}
