// What is wrong with a request before any use case sees it: path, method, size, speed, range, query. Each is a Refusal
// with the status that HTTP has for it (RFC 9110 §15.5), so that a person reads what to change and a program what
// happened.

import HTTPTypes
import MimamoriCore
import MimamoriWire

enum RequestDefect: Error, Sendable, Hashable {
    case unknownPath
    case methodNotAllowed([HTTPRequest.Method])
    case bodyTooLarge(limitBytes: Int)
    case bodyNotExpected
    /// The body did not arrive within the time that one upload has.
    case uploadTooSlow(seconds: Int64)
    case rangeNotSatisfiable(bytes: Int)
    case queryInvalid(name: String)
    /// The body is not the JSON that this path takes; the field's path, never its value.
    case bodyInvalid(field: String)
    /// Not HTTP/1.1, or a head larger than the server reads.
    case framingInvalid
    /// The peer went away in the middle of the body.
    case bodyIncomplete

    var status: HTTPResponse.Status {
        switch self {
        case .unknownPath: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .bodyTooLarge: .contentTooLarge
        case .uploadTooSlow: .requestTimeout
        case .rangeNotSatisfiable: .rangeNotSatisfiable
        case .bodyNotExpected, .queryInvalid, .bodyInvalid, .framingInvalid, .bodyIncomplete: .badRequest
        }
    }

    var headers: HTTPFields {
        switch self {
        case .methodNotAllowed(let methods): [.allow: methods.map(\.rawValue).joined(separator: ", ")]
        case .rangeNotSatisfiable(let bytes): [.contentRange: "bytes */\(bytes)"]
        default: [:]
        }
    }

    var refusal: Refusal {
        switch self {
        case .unknownPath:
            Refusal(
                .notFound, rule: "docs/openapi.yaml",
                message: Bilingual(ja: "この中継にその宛先（パス）はありません。", en: "This relay has no such path."),
                remedy: Bilingual(
                    ja: "送信側のソフトウェアを確認してください。使えるパスは docs/openapi.yaml にあります。",
                    en: "The sending software is at fault; docs/openapi.yaml lists the paths."), retry: .never)
        case .methodNotAllowed(let methods):
            .requestMalformed(
                Bilingual(
                    ja: "このパスで使えるメソッドは \(methods.map(\.rawValue).joined(separator: "、")) です。",
                    en: "This path takes \(methods.map(\.rawValue).joined(separator: ", "))."))
        case .bodyTooLarge(let limit): .tooLarge(limitBytes: limit)
        case .bodyNotExpected:
            .requestMalformed(
                Bilingual(ja: "この要求は本文を伴いません。", en: "This request takes no body."))
        case .uploadTooSlow(let seconds):
            Refusal(
                .requestMalformed, rule: "RFC 9110 §15.5.9",
                message: Bilingual(
                    ja: "本文が \(seconds) 秒以内に届かなかったため、受信を打ち切りました。何も保存していません。",
                    en: "The body did not arrive within \(seconds) seconds; nothing of it was kept."),
                remedy: Bilingual(
                    ja: "回線を確かめ、同じ要求をもう一度送ってください。届いた分割片は再送不要です。",
                    en: "Check the line and send the same request again; parts that arrived need not be repeated."),
                retry: .later)
        case .rangeNotSatisfiable(let bytes):
            .requestMalformed(
                Bilingual(
                    ja: "要求された範囲は、この分割片（\(bytes) バイト）の外です。", en: "The range lies outside this part of \(bytes) bytes."))
        case .queryInvalid(let name):
            .requestMalformed(
                Bilingual(
                    ja: "問合せの引数「\(name)」が正しくないか、このパスでは使えません。",
                    en: "The query parameter \"\(name)\" is wrong or unknown to this path."))
        case .bodyInvalid(let field):
            .requestMalformed(
                Bilingual(
                    ja: "本文の JSON の項目「\(field)」が正しくありません。", en: "The JSON body's field \"\(field)\" is not valid."))
        case .bodyIncomplete:
            Refusal(
                .requestMalformed, rule: "RFC 9112 §8",
                message: Bilingual(
                    ja: "本文の途中で接続が切れました。何も保存していません。",
                    en: "The connection broke within the body; nothing of it was kept."),
                remedy: Bilingual(ja: "同じ要求をもう一度送ってください。", en: "Send the same request again."), retry: .later)
        case .framingInvalid:
            .requestMalformed(
                Bilingual(
                    ja: "HTTP/1.1 の要求として読めないか、ヘッダーが大きすぎます。",
                    en: "This is not an HTTP/1.1 request, or its header is too large."))
        }
    }
}

extension Refusal {
    static func tooLarge(limitBytes: Int) -> Refusal {
        Refusal(
            .requestTooLarge, rule: "docs/package-format.md",
            message: Bilingual(
                ja: "本文が、このパスの上限（\(limitBytes) バイト）を超えています。",
                en: "The body exceeds this path's limit of \(limitBytes) bytes."),
            remedy: Bilingual(
                ja: "大きな内容は 4 MiB ごとの分割片にして送ってください。", en: "Send large content as parts of at most 4 MiB each."))
    }
}
