namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how to handle a row whose image is missing, damaged or in an unknown format.</summary>
public enum UnreadableImageHandling
{
    /// <summary>An <see cref="InvalidOperationException"/> that names the row, the column and the image is thrown.</summary>
    Throw,

    /// <summary>
    /// The row is left out of a data view, and counted. A single prediction has no row to leave out, and throws. A model that was loaded by ML.NET alone
    /// outputs NaN.
    /// </summary>
    SkipRow,

    /// <summary>
    /// The row is kept, and counted. Its output is NaN, ML.NET's missing value: scores become NaN, the predicted label is missing, and
    /// <c>IndicateMissingValues</c> and <c>FilterRowsByMissingValues</c> find such rows.
    /// </summary>
    ReturnNaN,
}
