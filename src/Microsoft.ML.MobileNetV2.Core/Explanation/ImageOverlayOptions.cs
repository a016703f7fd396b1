using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="ImageExplanation.DrawOverlay"/>.</summary>
public sealed class ImageOverlayOptions
{
    private const int SmallestSize = MobileNetV2Architecture.MinInputSize;
    private const int LargestSize = MobileNetV2Architecture.MaxInputSize;
    private const int BestQuality = 100;

    /// <summary>Gets or sets the opacity of the color where the map has its largest value; smaller values are more transparent.</summary>
    /// <value>From 0 to 1. The default is 0.7.</value>
    public float Opacity { get; set; } = 0.7f;

    /// <summary>Gets or sets the largest length of the longer side: larger images are made smaller, and tiny ones larger.</summary>
    /// <value>In pixels, from 32 to 4096. The default is 1024.</value>
    public int MaxSize { get; set; } = 1024;

    /// <summary>Gets or sets the quality of the JPEG.</summary>
    /// <value>From 1 to 100; null for a PNG. The default is 90.</value>
    public int? JpegQuality { get; set; } = 90;

    internal void Validate()
    {
        OptionsValidator validator = new();
        validator.Require(Opacity is >= 0 and <= 1, nameof(Opacity), Opacity, "expected 0 to 1");
        validator.RequireInRange(MaxSize, nameof(MaxSize), SmallestSize, LargestSize);
        validator.RequireInRange(JpegQuality, nameof(JpegQuality), 1, BestQuality);
        validator.ThrowIfAny("options");
    }
}
