/// Whole documents, to be read by eye when they change.
enum Golden {
    static let bulletinEnglish = """
        Langfang: heavy-pollution warning, orange

        !! orange warning issued, response II

        Issuer: Langfang headquarters office
        Warning number: 1
        Time of issue: 2026-12-01 08:05
        Warning level: ORANGE warning, response II
        Heavy pollution: 2026-12-02 08:00 to 2026-12-06 12:00
        Area: Langfang
        Degree of pollution: heavily polluted, AQI up to 287
        Primary pollutant: PM2.5
        Weather: ____ (to be filled in)
        Response from: 2026-12-02 08:00
        Response until (unless changed or lifted): 2026-12-06 12:00
        Signed by: deputy commander 李四

        Addressees

        All areas and city departments (Sanhe, police)

        Measures

        Public protection

        - Masks (starts with the pollution itself; 六(三))

        Mandatory: mobile sources

        - No trucks (in principle; starts with the response; police; 六(三); 附件5)

        Never kept off the road: fire

        Who repeats the warning
        - Channel: radio; How often: every 60 minutes

        """

    static let bulletinChinese = """
        # 廊坊市重污染天气橙色预警

        > **发布橙色预警，启动 II 级响应**

        - **发布单位**: 廊坊市指挥部办公室
        - **预警编号**: 1
        - **发布时间**: 2026年12月1日 08:05
        - **预警级别**: 橙色预警，II 级响应
        - **重污染时段**: 2026年12月2日 08:00 至 2026年12月6日 12:00
        - **影响区域**: 廊坊市
        - **污染程度**: 重度污染，AQI 最高 287
        - **首要污染物**: PM2.5
        - **气象条件**: 静稳，逆温
        - **响应启动时间**: 2026年12月2日 08:00
        - **响应终止时间（调整或解除除外）**: 2026年12月6日 12:00
        - **签发**: 副总指挥 李四

        ## 发送范围

        各县（市、区）和市直各部门（三河市、公安部门）

        ## 应急措施

        ### 公众防护措施

        - 佩戴口罩（污染出现时开始；六(三)）

        ### 强制性减排措施：移动源

        - 货车限行（原则上；响应启动时开始；公安部门；六(三); 附件5）

        不受限行措施限制：消防车

        **预警信息的重复播发**

        | 渠道 | 频次 | 说明 |
        | --- | --- | --- |
        | 广播电台 | 每 60 分钟一次 |  |

        """
}
