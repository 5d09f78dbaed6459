package import AQICore
package import Warnings

/// 空气质量：级别、指标与标记。
extension Chinese {
    package func level(_ level: AirQualityLevel) -> String {
        switch level {
        case .excellent: "优"
        case .good: "良"
        case .light: "轻度污染"
        case .moderate: "中度污染"
        case .heavy: "重度污染"
        case .severe: "严重污染"
        }
    }
    package func warning(_ level: WarningLevel) -> String {
        switch level {
        case .yellow: "黄色预警"
        case .orange: "橙色预警"
        case .red: "红色预警"
        }
    }
    package func indicator(_ indicator: Indicator) -> String {
        switch indicator {
        case .pm25: "PM2.5"
        case .pm10: "PM10"
        case .so2: "SO2"
        case .no2: "NO2"
        case .co: "CO"
        case .o3: "O3"
        case .o3EightHours: "O3 8h"
        }
    }
    package func signer(_ role: Role) -> String {
        switch role {
        case .deputyDirector: "市指挥部办公室副主任"
        case .deputyCommander: "副总指挥"
        case .commander: "总指挥"
        }
    }
    package func flag(_ flag: DataFlag) -> String {
        switch flag {
        case .normal: ""
        case .overRange: "超量程"
        case .highSpecification: "超上限"
        case .lowSpecification: "超下限"
        case .backfilled: "补录"
        case .suspect: "存疑"
        case .stopped: "停运"
        case .maintenance: "维护"
        case .setByHand: "手工设定"
        case .fault: "故障"
        case .calibration: "校准"
        case .communication: "通讯中断"
        case .insufficient: "数据不足"
        case .badConnection: "连接不良"
        case .recovering: "等待恢复"
        case .spanCheck: "跨度检查"
        case .zeroCheck: "零点检查"
        case .precisionCheck: "精度检查"
        case .zeroCalibration: "零点校准"
        case .spanCalibration: "跨度校准"
        case .removed: "审核剔除"
        case .negative: "负值"
        case .unknown: "未知标记"
        case .absent: "无数据"
        }
    }

    package func suspectRule(_ rule: SuspectRule) -> String {
        switch rule {
        case .range: "超出可信范围"
        case .negative: "负值超出噪声"
        case .flatLine: "数小时恒值"
        case .spike: "远高于此前各小时"
        case .particulateInversion: "PM2.5 与 PM10 倒挂"
        case .no2AboveNOx: "NO2 高于 NOx"
        }
    }
}
