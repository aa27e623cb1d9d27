// What a person reads about a finding: the rule, what was found by its kind and never by its value, and what to do about it.

package import MimamoriCore

extension AttachmentInspection.Finding {
    package var rule: String {
        switch self {
        case .executable, .macros: "SD-MAL-2"
        case .metadata, .cannotBeRead: "SD-CLS-8"
        }
    }

    package var message: Bilingual {
        switch self {
        case .executable(let kind):
            Bilingual(
                ja: "添付は、開くと動くもの（\(kind.name.ja)）です。名前ではなく中身で判断しています。",
                en: "The attachment runs when it is opened (\(kind.name.en)); its content says so, not its name.")
        case .metadata(let kinds):
            Bilingual(
                ja: "添付に、本文のほかに次の情報が残っています: \(kinds.map(\.name.ja).joined(separator: "、"))。",
                en: "The attachment carries more than its content: \(kinds.map(\.name.en).joined(separator: ", ")).")
        case .macros:
            Bilingual(ja: "添付にマクロが入っています。", en: "The attachment contains macros.")
        case .cannotBeRead:
            Bilingual(
                ja: "添付は、中を確かめられない形式です（圧縮・暗号化されたもの、古い Office 形式、知らない形式など）。",
                en: "The attachment cannot be looked into (an archive, encrypted, an old Office format, or unknown).")
        }
    }

    package var remedy: Bilingual {
        switch self {
        case .executable:
            Bilingual(
                ja: "実行できるものは送れません。内容を文書や画像（PDF・PNG など）にして添付してください。",
                en: "What runs cannot be sent. Attach its content as a document or a picture (PDF, PNG).")
        case .metadata:
            Bilingual(
                ja: "Word・Excel・PowerPoint は「ファイル→情報→問題のチェック→ドキュメント検査」で、写真や PDF は「プロパティ→詳細→プロパティや個人情報を削除」"
                    + "などで消してから、もう一度実行してください。",
                en: "Remove it (Office: File, Info, Check for Issues, Inspect Document; photographs and PDFs: "
                    + "Properties, Details, Remove Properties and Personal Information) and run the command again.")
        case .macros:
            Bilingual(
                ja: "マクロを含まない形式（.docx・.xlsx・.pptx、PDF など）で保存し直してください。",
                en: "Save it in a form without macros (.docx, .xlsx, .pptx, PDF).")
        case .cannotBeRead:
            Bilingual(
                ja: "圧縮や暗号化を解き、.docx・.xlsx・.pptx・PDF・PNG・JPEG・テキストのいずれかで一つずつ添付してください。",
                en: "Unpack or decrypt it, and attach each file as .docx, .xlsx, .pptx, PDF, PNG, JPEG or text.")
        }
    }
}

extension AttachmentInspection.ExecutableKind {
    package var name: Bilingual {
        switch self {
        case .elf: Bilingual(ja: "Linux のプログラム", en: "a Linux program")
        case .windows: Bilingual(ja: "Windows のプログラム", en: "a Windows program")
        case .machO: Bilingual(ja: "macOS のプログラム", en: "a macOS program")
        case .java: Bilingual(ja: "Java・Android のプログラム", en: "a Java or Android program")
        case .script: Bilingual(ja: "スクリプト", en: "a script")
        case .shortcut: Bilingual(ja: "Windows のショートカット", en: "a Windows shortcut")
        case .installer: Bilingual(ja: "Windows のインストーラー", en: "a Windows installer")
        case .pdfScript: Bilingual(ja: "PDF の中のスクリプトや起動の指示", en: "a script or launch action in a PDF")
        case .pageScript: Bilingual(ja: "ページの中のスクリプト", en: "a script in a page")
        }
    }
}

extension AttachmentInspection.MetadataKind {
    package var name: Bilingual {
        switch self {
        case .author: Bilingual(ja: "作成者・更新者の名前", en: "names of authors or editors")
        case .organisation: Bilingual(ja: "組織の名前", en: "name of an organisation")
        case .title: Bilingual(ja: "表題・件名のプロパティ", en: "title or subject property")
        case .comments: Bilingual(ja: "コメント・説明", en: "comments or descriptions")
        case .editHistory: Bilingual(ja: "変更履歴", en: "edit history")
        case .position: Bilingual(ja: "位置情報", en: "position")
        case .device: Bilingual(ja: "撮影・作成した機器", en: "device that made it")
        case .embeddedFiles: Bilingual(ja: "中に埋め込まれた別のファイル", en: "other files embedded in it")
        case .bookmarks: Bilingual(ja: "しおり", en: "bookmarks")
        case .otherProperties: Bilingual(ja: "その他のプロパティ", en: "other properties")
        case .producerOrTool: Bilingual(ja: "作成したソフトの名前", en: "name of the program that made it")
        }
    }
}
