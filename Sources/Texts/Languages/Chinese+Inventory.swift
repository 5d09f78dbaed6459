import AQICore
package import Inventory
package import Warnings

/// The emission inventory.
extension Chinese {
    package func inInventory(_ place: SourceLine, column: String?, _ problem: String) -> String {
        inTable(place.file, line: place.line, (column.map { "列 \($0)：" } ?? "") + problem)
    }

    package func problem(_ kind: InventoryFault.Kind) -> String {
        switch kind {
        case .notUTF8: notUTF8
        case .damagedGzip: damagedGzip
        case .unclosedQuote: unclosedQuote
        case .textAfterQuote: textAfterQuote
        case .unknownTable(let markers): "不是清单的任何一张表；各表分别含有列 \(markers.joined(separator: "、")) 之一"
        case .unknownColumn: "未知的列；请删除或更正列名"
        case .missingColumn: "缺少此列"
        case .repeatedColumn: "此列出现两次；请删除一列"
        case .fieldCount(let have, let need): fieldCount(have: have, need: need)
        case .emptyField: "不能为空"
        case .badNumber(let text): "“\(text)”不是普通小数；请写成 1250.5，不带指数和单位"
        case .tooManyDecimals(let text, let most): "“\(text)”的小数超过 \(most) 位"
        case .outOfRange(let text, let lowest, let highest): "\(text) 超出 \(lowest) 至 \(highest)"
        case .notOneOf(let text, let allowed): "“\(text)”不在允许的取值中：\(allowed.joined(separator: "、"))"
        case .badDate(let text): badDate(text)
        case .dustIsOnlyPM(let text): "\(text)：扬尘只计 pm"
        case .duplicate(let line): "与 \(line.file) 第 \(line.line) 行重复；请删除一行"
        case .unknownPlant(let id): "清单中没有企业“\(id)”"
        case .unknownProcess(let plant, let process): "企业“\(plant)”没有工序“\(process)”"
        case .plantWithoutProcess: "该企业没有工序；请补充工序或删除该企业"
        case .isListed(let id): "企业“\(id)”在清单中，不是清单外企业"
        case .fallsWithLevel(let level): "\(warning(level))的减排低于下一级"
        case .aboveBase(let cut, let base): "常规减排 \(tonnes(Int128(cut))) t，大于该类源的排放量 \(tonnes(base)) t"
        case .missingFigure(.dustShare): "有扬尘源时须有 dust-share 一行：当季 PM2.5 源解析中扬尘的占比（percent）"
        case .missingFigure(.heatingDays): "有采暖源时须有 heating-days 一行：实际采暖天数"
        case .missingFigure(let quantity): "缺少 \(quantity.rawValue) 一行"
        case .listNeeds(let ground): "名单 \(ground.rawValue)：此列不能为空"
        case .withoutPrecautions(let missing):
            "正面清单工地还须具备 \(missing.map(\.rawValue).joined(separator: "、"))（预案五（五）2）"
        case .principle(let principle): "\(broken(principle))；请更正，或在 exception 列中说明理由"
        }
    }

    private func broken(_ principle: Principle) -> String {
        switch principle {
        case .batches(let count): "轮流停产原则上不超过 3 批，现为 \(count) 批（预案五（七））"
        case .guaranteedRating(let rating): "保障类企业原则上应达到 B 级，现为\(self.rating(rating))（预案五（五）3）"
        case .positiveStops(let level): "正面清单企业原则上不停产，现于\(warning(level))停产（预案五（五）1）"
        }
    }

    package func inventoryHasFaults(_ count: Int) -> String { "共 \(count) 处错误；未采用任何数据" }
    package func inventoryIsGood(plants: Int, processes: Int, heating: Int, fleets: Int, dust: Int) -> String {
        "无误：企业 \(plants) 家、工序 \(processes) 个、采暖源 \(heating) 个、车队 \(fleets) 个、扬尘源 \(dust) 个"
    }
    package func remark(_ remark: InventoryRemark) -> String {
        switch remark {
        case .idle(let plant): "\(plant.id) \(plant.name)：长期停产，不计入"
        case .rating(let plant, let standing):
            "\(plant.id) \(plant.name)：清单\(rating(standing.stated))，现为\(rating(standing.rating))："
                + standing.causes.map(cause).joined(separator: "；")
        case .offList(let plant, let membership): "\(plant.id) \(plant.name)：已不在名单中（\(ground(membership.ground))）"
        case .unlisted(let record): "\(record.plant)：\(finding(record.finding))，\(found(record))"
        case .excepted(let plant, let principle):
            "\(plant.id) \(plant.name)：\(broken(principle))；例外理由：\(plant.exception)"
        }
    }
    package func noPlant(_ id: String) -> String { "清单中没有企业“\(id)”" }
    package func plantIsClassified(_ id: String) -> String { "企业“\(id)”涉密，不予公布" }

    package func pollutant(_ pollutant: EmittedPollutant) -> String {
        switch pollutant {
        case .so2: "SO2"
        case .nox: "NOx"
        case .pm: "PM"
        case .vocs: "VOCs"
        }
    }
    package func rating(_ rating: Rating) -> String {
        switch rating {
        case .a: "A 级"
        case .b: "B 级"
        case .c: "C 级"
        case .leader: "引领性企业"
        case .none: "未评级"
        }
    }
    package func finding(_ finding: Inspection.Finding) -> String {
        switch finding {
        case .seriousViolation: "两年内有严重违法行为"
        case .repeatedExceedances: "自动监测数据多次超标"
        case .permit: "无证、未批先建或批建不符"
        case .complaints: "信访投诉较多"
        case .notPutRight: "督察检查问题未整改"
        case .offSpecCoal: "使用不达标煤"
        case .cleanTransport: "清洁运输比例低于 80 %"
        case .capacityRemoval: "列入去产能计划且 10 月底前未完成"
        case .ratingNotHeld: "达不到评级要求"
        case .violation: "违法行为"
        case .measuresNotCarriedOut: "未落实减排措施"
        case .unlistedRunning: "清单外企业照常生产"
        }
    }
    package func ground(_ ground: Membership.Ground) -> String {
        switch ground {
        case .ratedA: "正面清单：A 级企业"
        case .leader: "正面清单：引领性企业"
        case .strategic: "正面清单：战略性产业"
        case .export: "正面清单：重点出口企业"
        case .zeroEmission: "正面清单：零排放企业"
        case .microEmission: "正面清单：微排放企业"
        case .construction: "正面清单：重点工程"
        case .resettlement: "正面清单：安置房项目"
        case .heating: "保障类：供暖"
        case .waste: "保障类：垃圾处置"
        case .hazardousWaste: "保障类：危险废物处置"
        case .military: "保障类：军事生产任务"
        case .government: "保障类：政府生产任务"
        case .supplier: "保障类：为正面清单企业配套"
        }
    }
    package func cause(_ cause: Standing.Cause) -> String {
        switch cause {
        case .indicator(let indicator): "\(indicator.process)：\(indicator.name)只达到\(rating(indicator.rating))"
        case .veto(let record), .inspection(let record): "\(finding(record.finding))，\(found(record))"
        case .excepted(let record): "\(finding(record.finding))，\(found(record))，例外理由：\(record.exception)"
        }
    }
    private func found(_ record: Inspection) -> String {
        "\(record.day.date.iso8601)，\(record.person)：\(record.reason)"
    }

    package func reductionTitle(_ level: WarningLevel, required: String) -> String {
        "\(warning(level))：各项污染物减排比例不低于 \(required) %"
    }
    package var reductionHeader: [String] { ["", "基数 t/d", "减排 t/d", "比例 %", "要求 %", ""] }
    package func verdict(_ verdict: LevelReduction.Verdict, missing: String?) -> String {
        switch verdict {
        case .met: "达到"
        case .metByTrade: "以 SO2 与 NOx 互抵达到"
        case .short: "未达到" + (missing.map { "，缺 \($0) t/d" } ?? "")
        case .noBase: "无排放，不计比例"
        }
    }
    package func trade(_ ratio: String, required: String, isReached: Bool) -> String {
        "互抵：SO2 与 NOx 比例之和 \(ratio)，\(isReached ? "达到" : "未达到")要求的 \(required)"
    }
    package func dustIsCapped(at share: String) -> String { "扬尘在 PM 中只计到源解析占比 \(share) %" }
    package func suggestionTitle(_ level: WarningLevel, plants: Int, isEnough: Bool) -> String {
        if plants == 0 { return "\(warning(level))：没有可再要求减排的企业" }
        return "仅供参考，不是决定：\(warning(level))时"
            + (isEnough ? "下列 \(plants) 家企业停产即全部达到" : "可要求停产的 \(plants) 家企业全部停产，仍不足")
            + "（清单之外的减排，t/d）"
    }
    package var suggestionHeader: [String] { ["企业编号", "企业名称", "绩效评级", "针对"] }
    package var suggestionTogether: String { "合计" }
    package var suggestionRatio: String { "停产后比例 %" }
    package func suggestionRest(_ plants: Int) -> String { "另有 \(plants) 家：--plants" }
    package func outOfReach(_ pollutants: [EmittedPollutant], missing: [String]) -> String {
        "停产后仍缺：" + zip(pollutants, missing).map { "\(pollutant($0)) \($1) t/d" }.joined(separator: "、")
    }
    package var shortfallNeeds: String {
        "确实达不到的，须附详细测算和清单（预案五（四）2）：上述各表、本测算（--json），以及各项污染物无法再减的理由"
    }

    package var boardTitle: String { "重污染天气应急减排措施公示牌" }
    package func boardMeasures(_ level: WarningLevel) -> String { "\(level.response) 级响应措施" }
    package func board(_ label: BoardLabel) -> String {
        switch label {
        case .plant: "企业名称"
        case .area: "所在区域"
        case .rating: "绩效评级"
        case .list: "名单"
        case .responsible: "责任人"
        case .preparation: "准备时间"
        case .batches: "轮流停产"
        case .ordinary: "平时用量"
        case .process: "工序"
        case .lineCount: "生产线"
        case .cut: "减排"
        case .action: "具体措施"
        case .limit: "用量上限"
        }
    }
    package func boardMember(_ membership: Membership) -> String {
        let load = membership.largestLoad.map { "，负荷不超过 \(percent($0)) %" }
        return ground(membership.ground) + (load ?? "")
    }
    package func boardCut(_ cut: Cut) -> String {
        cut == .stop ? "停产" : cut == .none ? "正常生产" : "减排 \(percent(cut)) %"
    }
    package func boardConsumption(_ consumption: Plant.Consumption) -> String? {
        let figures = [
            consumption.power.map { "用电 \(DecimalWriting.shortest($0, decimals: 3)) kWh" },
            consumption.gas.map { "用气 \(DecimalWriting.shortest($0, decimals: 3)) m³" },
        ].compactMap(\.self)
        return figures.isEmpty ? nil : "每日" + figures.joined(separator: "，")
    }
    package func boardHours(_ hours: Int64) -> String { "\(hours) 小时" }
    package func boardBatches(_ count: Int64) -> String { count == 1 ? "不分批" : "分 \(count) 批，按预警次数轮流" }
    package var boardBasis: String { "廊坊市重污染天气应急预案 五（七）、附件6" }
    private func percent(_ cut: Cut) -> String { DecimalWriting.shortest(cut.hundredths, decimals: 2) }
    private func tonnes(_ grams: Int128) -> String { DecimalWriting.shortest(Int64(clamping: grams), decimals: 6) }
}
