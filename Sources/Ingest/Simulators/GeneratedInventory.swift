/// A made-up emission inventory without faults, the same for the same seed: for exercises, examples and measuring.
package struct GeneratedInventory {
    package let plants: Int
    package let seed: UInt64

    package init(plants: Int, seed: UInt64) {
        self.plants = plants
        self.seed = seed
    }

    /// Each file with its lines, the header first.
    package var tables: [(name: String, lines: [String])] {
        var random = SplitMix(seed: seed)
        var plants = [
            "plant,name,area,park,transport,transported_t,list,list_until,largest_load,idle,batches,"
                + "preparation_h,person,phone,power_kwh,yellow_power_kwh,orange_power_kwh,red_power_kwh"
        ]
        var processes = [
            "plant,process,industry,lines,rating,so2_t,nox_t,pm_t,vocs_t,seasonal_cut,"
                + "yellow_action,yellow_cut,orange_action,orange_cut,red_action,red_cut"
        ]
        var indicators = ["plant,process,indicator,rating"]
        for number in 1...self.plants {
            let id = "P" + String(repeating: "0", count: max(0, 6 - "\(number)".count)) + "\(number)"
            let count = 1 + random.next(4)
            let rating = ["A", "B", "C", "C", "none", "none"][random.next(6)]
            let isPositive = rating == "A" && random.next(2) == 0
            let isGuaranteed = rating == "B" && random.next(8) == 0
            for process in 1...count {
                processes.append(
                    self.process(id, process, rating: rating, isGuarded: isPositive || isGuaranteed, &random))
                if process == 1, random.next(4) == 0 {
                    indicators += ["能源类型", "治理技术", "监测监控", "运输方式"].map { "\(id),工序1,\($0),\(rating)" }
                }
            }
            plants.append(
                plant(id, list: isPositive ? "a-rated" : isGuaranteed ? "supplier" : "", &random))
        }
        return [
            ("plants.csv", plants), ("processes.csv", processes), ("indicators.csv", indicators),
            ("heating.csv", heating(&random)), ("mobile.csv", mobile(&random)), ("dust.csv", dust(&random)),
            ("base.csv", GeneratedInventory.base),
            ("inspections.csv", ["date,plant,finding,person,reason,exception"]),
        ]
    }

    private static let areas = ["三河市", "大厂县", "香河县", "广阳区", "安次区", "永清县", "固安县", "霸州市", "文安县", "大城县", "廊坊开发区"]

    private func plant(_ id: String, list: String, _ random: inout SplitMix) -> String {
        let power = 500 + random.next(20_000)
        let load = list == "supplier" ? "\(40 + random.next(50))" : ""
        return [
            id, "模拟企业\(id)", GeneratedInventory.areas[random.next(11)], random.next(2) == 0 ? "yes" : "no", "road",
            "\(random.next(100_000))", list, "", load, list.isEmpty && random.next(40) == 0 ? "yes" : "no",
            "\(1 + random.next(3))", "\(1 + random.next(12))", "模拟负责人", "0316-0000000", "\(power)",
            "\(power * 7 / 10)", "\(power / 2)", "\(power / 10)",
        ].joined(separator: ",")
    }

    /// Most plants are small and a few are large.
    private func process(
        _ plant: String, _ number: Int, rating: String, isGuarded: Bool, _ random: inout SplitMix
    ) -> String {
        let size = 1 + random.next(10) * random.next(10) * random.next(10)
        func tonnes(_ share: Int) -> String {
            let kilograms = size * share * (50 + random.next(100)) / 10
            let rest = "\(kilograms % 1000)"
            return "\(kilograms / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
        }
        let emissions = [tonnes(1), tonnes(4), tonnes(2), tonnes(3)]
        let cuts =
            isGuarded
            ? ["", "", "30"] : [["", "30", "50"], ["30", "50", "stop"], ["10", "30", "stop"]][random.next(3)]
        let industry = random.next(20)
        let actions = cuts.map { $0 == "stop" ? "停产" : $0.isEmpty ? "" : "按生产线停产 \($0)%" }
        return
            ([plant, "工序\(number)", industry == 0 ? "other" : "\(industry)", "\(1 + random.next(4))", rating]
            + emissions
            + ["", actions[0], cuts[0], actions[1], cuts[1], actions[2], cuts[2]]).joined(separator: ",")
    }

    private func heating(_ random: inout SplitMix) -> [String] {
        [
            "name,area,kind,households,heated_m2,temperature_c,substitute,so2_t,nox_t,pm_t,vocs_t,yellow_cut,orange_cut,red_cut"
        ]
            + GeneratedInventory.areas.flatMap { area in
                [
                    "供热站,\(area),boiler,\(5000 + random.next(20_000)),\(500_000 + random.next(1_000_000)),20,天然气,"
                        + "\(10 + random.next(40)),\(40 + random.next(90)),\(5 + random.next(9)),1,,,",
                    "散煤,\(area),household,\(100 + random.next(2000)),\(10_000 + random.next(90_000)),18,电,"
                        + "\(5 + random.next(30)),\(3 + random.next(9)),\(9 + random.next(30)),\(2 + random.next(9)),,,",
                ]
            }
    }

    private func mobile(_ random: inout SplitMix) -> [String] {
        var lines = ["vehicle,fuel,standard,count,so2_t,nox_t,pm_t,vocs_t,yellow_cut,orange_cut,red_cut"]
        for (vehicle, fuel, standards, cuts) in [
            ("heavy-truck", "diesel", 3...4, "40,60,60"), ("heavy-truck", "diesel", 5...6, ",,"),
            ("medium-truck", "diesel", 3...4, "40,40,40"), ("car", "petrol", 2...6, ",,"),
            ("three-wheeler", "diesel", 0...2, "60,60,60"), ("non-road", "diesel", 1...2, "30,50,50"),
        ] as [(String, String, ClosedRange<Int>, String)] {
            for standard in standards {
                lines.append(
                    "\(vehicle),\(fuel),\(standard),\(500 + random.next(30_000)),\(1 + random.next(9)),"
                        + "\(100 + random.next(900)),\(5 + random.next(60)),\(20 + random.next(300)),\(cuts)")
            }
        }
        return lines
    }

    private func dust(_ random: inout SplitMix) -> [String] {
        ["site,area,kind,pm_t,list,precautions,yellow_cut,orange_cut,red_cut"]
            + GeneratedInventory.areas.flatMap { area in
                [
                    "工地,\(area),construction,\(100 + random.next(900)),,,60,80,80",
                    "主要道路,\(area),road,\(200 + random.next(900)),,,15,15,15",
                    "料场,\(area),yard,\(20 + random.next(200)),,,50,50,50",
                ]
            }
    }

    private static let base = [
        "quantity,sector,pollutant,value,unit", "routine-cut,mobile,nox,120,t", "routine-cut,dust,pm,300,t",
        "new-capacity,industry,vocs,2500,kg", "dust-share,,,25,percent", "heating-days,,,121,days",
    ]
}
