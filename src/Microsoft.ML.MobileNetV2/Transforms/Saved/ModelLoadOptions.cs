using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies limits on what a saved model may demand of the program that loads it.</summary>
/// <remarks>The model's own settings can only lower these limits.</remarks>
public sealed class ModelLoadOptions
{
    /// <summary>Gets or sets the largest size of a model: of its file, and of all that the file holds unpacked.</summary>
    /// <value>In bytes, from 1 to <see cref="int.MaxValue"/>. The default is 268,435,456 (256 MB), ten times the largest published network.</value>
    public long MaxModelSize { get; set; } = ModelLimits.DefaultMaxModelSize;

    /// <summary>Gets or sets the largest input of a model's network, in pixels per side; the memory and time for an image grow with its square.</summary>
    /// <value>At least 1. The default is 1024. A model with a larger input is refused.</value>
    public int MaxInputSize { get; set; } = ModelLimits.DefaultMaxInputSize;

    /// <summary>Gets or sets the largest number of pixels of an image, regardless of what the model says.</summary>
    /// <value>
    /// At least 1. The default is 178,956,970. The lower of this and the model's own <see cref="ImageDecodingOptions.MaxPixelCount"/> applies.
    /// </value>
    public long MaxPixelCount { get; set; } = ModelLimits.DefaultMaxPixelCount;

    /// <summary>Gets or sets the SHA-256 that the file must have.</summary>
    /// <value>64 hexadecimal digits. The default is null: any file is read.</value>
    public string? ExpectedSha256 { get; set; }

    internal ModelLimits Limits => new(MaxModelSize, MaxInputSize, MaxPixelCount);
}
