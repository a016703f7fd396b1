namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents a color component of a JPEG.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="Horizontal">Its blocks in the width of an interleaved unit.</param>
/// <param name="Vertical">Its blocks in the height of an interleaved unit.</param>
internal sealed record JpegComponent(int Id, int Horizontal, int Vertical)
{
    /// <summary>Gets the number of blocks in a row that belong to the image.</summary>
    internal int Columns { get; init; }

    /// <summary>Gets the number of rows of blocks that belong to the image.</summary>
    internal int Rows { get; init; }

    /// <summary>Gets the number of blocks in a row with those that fill the last interleaved unit.</summary>
    internal int Stride { get; init; }

    /// <summary>Gets for each block which of its 64 coefficients are not 0 so far; empty where the JPEG is not progressive.</summary>
    internal ulong[] NonZero { get; init; } = [];
}
