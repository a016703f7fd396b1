using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how a row is handled whose image is missing, damaged or of no known format.</summary>
public enum UnreadableImageHandling
{
    /// <summary>An <see cref="InvalidOperationException"/> names the row, the column and the image.</summary>
    Throw,

    /// <summary>
    /// The row is left out of a data view, and counted. A single prediction has no row to leave out and throws; a model that was saved and
    /// loaded by ML.NET alone gives missing features.
    /// </summary>
    SkipRow,

    /// <summary>
    /// The row stays, and is counted; its output is NaN, which ML.NET takes as missing: scores become NaN and the predicted label missing,
    /// <c>IndicateMissingValues</c> and <c>FilterRowsByMissingValues</c> find such rows.
    /// </summary>
    [JsonStringEnumMemberName("MissingFeatures")] // The name in models that were saved before the member had this one.
    ReturnNaN,
}
