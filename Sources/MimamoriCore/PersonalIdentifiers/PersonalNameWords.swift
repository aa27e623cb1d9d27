// The words by which a name is told from what is no name: frequent family names, the letters in which given names end, and
// words for roles, kin, bodies and trades, which are addressed with さん and 様 just as persons are.

enum NameWords {
    /// The most frequent family names of Japan and of Aomori. Those that are also everyday words or places in front of 様 and
    /// さん are left out.
    static let family = Set(
        Word.list(
            """
            佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 齊藤 清水 山崎 森 \
            阿部 安部 池田 橋本 山下 石川 中島 前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 \
            中川 中野 原田 小野 田村 竹内 金子 和田 中山 藤原 石田 上田 森田 原 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 \
            高田 藤本 武田 村田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 野村 木下 菊地 菊池 佐野 大西 杉本 新井 浜田 \
            市川 古川 水野 小松 島田 小山 高野 山内 西田 菅原 西川 五十嵐 安田 北村 永井 飯田 中田 川口 平田 川崎 東 本田 久保田 川村 吉川 服部 \
            辻 松岡 荒木 小池 浅野 石原 熊谷 三上 葛西 対馬 成田 福士 小笠原 須藤 外崎 奈良 神田 三浦 種市 奥寺 沼田 坂上 附田 田名部 相馬 鳴海 \
            蝦名 蛯名 小田桐 斗沢 久慈 大久保 大橋 松村 川上 吉村 岩田 樋口 秋山 田口 永田 山中 中西 土屋 吉岡 田辺 馬場 小西 望月 富田 平井 松浦 \
            石橋 大島 渡部 荒井 川島 黒田 堀 荻野 福島 星野 西山 内藤 早川 岡崎 関 菅 見守 林
            """
        ).map(\.scalars))

    /// Letters in which given names end.
    static let givenEndings = Word.letters(
        "子郎美恵江代枝夫雄男一二三介助彦明弘志司也哉樹輝之幸治次吾奈香織菜華花紀佳希乃斗真健誠隆豊茂実勝清進勇悟聡修博浩太平翔音葉里")

    /// Words that end like a given name or stand where a name would, and are none.
    static let noName = Word.list(
        """
        息子 長男 次男 三男 四男 大男 女子 男子 親子 双子 弟子 王子 養子 獅子 菓子 様子 調子 農夫 前夫 丈夫 唯一 同一 統一 随一 世代 時代 現代 年代 \
        十代 者三 事実 誠実 証明 不明 説明 研修 監修 上司 寿司 宮司 保護司 有志 同志 意志 政治 自治 救助 補助 援助 紹介 仲介 厄介 魚介 不幸 写真 野菜 \
        知恵 世紀 保健 穏健 優勝 再三 第三 目次 取次 弥次 水平 公平 不平 録音 言葉 一般 仮名 匿名 本名 偽名 氏名 名前 本人 他人 主人 老人 友人 知人 隣人 \
        婦人 夫人 病人 新人 職人 商人 恋人 住人 犯人 国人 本人 芸人 人々 長女 次女 三女 彼女 少女 少年 青年 先生 学生 生徒 園児 児童 学童 家族 親族 遺族 \
        警察 消防 銀行 郵便 機関 会社 法人 商店 商会 新聞 放送 電力 電気 工務 不動産 農協 漁協 生協 病院 医院 薬局 学校 大学 高校 中学 協会 協議会 組合 \
        財団 社団 公社 公団 団体 事務 支店 本店 本部 支部 部署 役場 役所 県庁 市役 官公 官庁 全国 県内 県外 市内 市外 町内 村内 地元 地域 近隣 近所 隣家 \
        担当 関係 各位 御中 一同 両名 同様 多様 各様 異様 模様 仕様 今様 左様 三様 十人十 各種 別紙 下記 上記 左記 前記 同上 以下 以上 記載 記入 入力 省略 \
        不詳 非公表 非公開 公表 公開 未定 空欄 必須 任意 漢字 全角 半角 住所 電話 年齢 性別 職業 月日 情報 連絡先 所属 役職 続柄 備考 削除 黒塗 伏字 架空 \
        秘密 確認 登録 変更 使用 利用 提供 聴取 要求 請求 詐称 名義 株式 有限 合同 相談 契約 被害 申告 通報 無職 自営 独居 同居 別居 高齢 年金 受給 女性 男性 個人 ない ません ください こと なし \
        ひらがな カタカナ ネーム
        """)

    /// Letters in which words for roles, kin, bodies and places end.
    static let roleEndings = Word.letters(
        "者員客母父親師士手屋民方達族婦妻女官医友社店会署課係局所隊団組班役奥皆爺婆孫姉妹兄弟嫁婿娘甥姪殿長院寺市町村県区郡都府道等別欄各"
            + "様氏君家々主神仏王室部党派")

    /// Roles that stand before a name without a space: 被害者見守花子さん.
    static let roles = Word.list(
        "被害者 相談者 契約者 対象者 高齢者 申告者 通報者 同居人 当事者 申込者 購入者 加害者 容疑者 被疑者 世帯主 代表者 責任者 担当者 署員 職員 係員 会長 社長 "
            + "署長 課長 所長 長男 長女 次男 次女 夫 妻 故")

    /// 氏名：… and its like.
    static let labels = Word.list(
        "氏名 名前 姓名 フリガナ ふりがな 被害者名 相談者名 契約者名 対象者名 申込者名 申告者名 通報者名 担当者名 口座名義 口座名義人 名義人")

    /// 署名前, 商品名前 and the like are no labels; nor is a 名前 of something else.
    static let beforeNoLabel = Word.letters("署件品社店地記書曲番")

    /// A 名前 of one of these is not a person's: アプリの名前.
    static let namedThings = Word.list(
        "アプリ サイト 商品 製品 会社 業者 店 店舗 団体 組織 機関 ソフト ファイル サービス ブランド ウイルス 犬 猫 ペット 町 村 施設 学校 病院 銀行")

    /// Parts of the names of firms.
    static let firms = Word.list("会社 商店 商事 サービス センター リフォーム 工業 建設 商会 組合 法人 銀行 協会 ショップ サポート ホーム カンパニー")

    /// Katakana words that are addressed with さん and are no names.
    static let noKatakanaName = Word.list(
        "マネ スタッフ ボランティア ドライバ ユーザ オーナ ストア クラブ イレブン プラン ホーム タウン ハウス ショップ バス ガス アパート ネット パート コンビニ "
            + "キャスト モデル アイドル タレント アナウンサ バイト パパ ママ ジジ ババ アンチ ゲスト レジ デパート スナック サロン ホテル レストラン")
}
