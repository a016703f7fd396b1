using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Makes uploads, good and bad ones, and knows the right answers.</summary>
internal sealed class Uploads
{
    private const int CutOff = 3;
    private const int Text = 7;

    /// <summary>After so many requests, the kinds come again.</summary>
    private const int Period = 8;

    private static readonly string[] Names = ["balloon", "clock", "lighthouse", "umbrella"];
    private static readonly string[] Labels = ["balloon", "analog clock", "beacon", "umbrella"];

    private readonly byte[][] _drawings = [.. Names.Select(name => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "uploads", $"{name}.png")))];

    internal static bool IsGood(int index) => index % Period is not (CutOff or Text);

    internal HttpContent Create(int index)
    {
        byte[] drawing = _drawings[index % _drawings.Length];
        byte[] bytes = (index % Period) switch
        {
            CutOff => drawing[..(drawing.Length / 2)],
            Text => "This is no image."u8.ToArray(),
            _ => drawing,
        };
        return new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
    }

    /// <summary>Returns whether an answer is the right one.</summary>
    internal static bool IsRight(int index, HttpStatusCode status, string answer)
    {
        if (!IsGood(index))
        {
            return status == HttpStatusCode.BadRequest;
        }

        using JsonDocument document = JsonDocument.Parse(answer);
        return status == HttpStatusCode.OK &&
            document.RootElement.GetProperty("classes")[0].GetProperty("label").GetString() == Labels[index % Labels.Length];
    }
}
