namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an entry of the catalog: address, description, accuracy and license of a published set of weights.</summary>
/// <remarks>
/// Immutable. An entry holds no weights; <see cref="MobileNetV2Weights.FromCatalog(PretrainedWeights, WeightsDownloadOptions)"/> returns them.
/// </remarks>
public sealed class PretrainedWeights
{
    private const int Sha256Length = 64;

    /// <summary>Room for what a file holds beside the numbers.</summary>
    private const long OtherBytes = 16 << 20;

    /// <summary>A parameter in double precision, with the two numbers that an optimizer keeps for it.</summary>
    private const int MostBytesOfAParameter = 3 * sizeof(double);

    /// <summary>Gets the description of the weights: architecture, padding, epsilon, preprocessing, license and attribution.</summary>
    /// <value>The class names are those of <see cref="ImageNetClasses"/> where the weights have a classifier of ImageNet's classes.</value>
    public required WeightsDescription Description { get; init; }

    /// <summary>Gets the name of the entry, as in "imagenet-0.75-160".</summary>
    public string Name => Description.Name;

    /// <summary>Gets the width multiplier (α in the paper).</summary>
    public float WidthMultiplier => Description.Architecture.WidthMultiplier;

    /// <summary>Gets the depth multiplier.</summary>
    /// <value>1.0 except for timm's 110d and 120d.</value>
    public float DepthMultiplier => Description.Architecture.DepthMultiplier;

    /// <summary>Gets the height and width in pixels of the images that the weights were trained with.</summary>
    public int InputSize => Description.Preprocessing.InputSize;

    /// <summary>Gets the number of features.</summary>
    public int FeatureCount => Description.Architecture.FeatureCount;

    /// <summary>Gets the number of classes of the classifier.</summary>
    /// <value>1000 for ImageNet; 0 where the weights have no classifier.</value>
    public int ClassCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Gets the number of trained parameters, including scale and shift of batch norm.</summary>
    public long ParameterCount => Description.Architecture
        .GetLayers(InputSize, ClassCount)
        .Sum(layer => layer.ParameterCount + layer.BatchNormParameterCount);

    /// <summary>Gets the published top-1 accuracy on ImageNet's validation images.</summary>
    /// <value>In percent, with the classifier; null if none is published.</value>
    public double? Top1Accuracy { get; init; }

    /// <summary>Gets the published top-5 accuracy on ImageNet's validation images.</summary>
    /// <value>In percent, with the classifier; null if none is published.</value>
    public double? Top5Accuracy { get; init; }

    /// <summary>Gets the address of the file.</summary>
    /// <value>Null for the weights that are part of the library.</value>
    public Uri? Address { get; init; }

    /// <summary>Gets the published SHA-256 of the file, or its first digits where no more are published, in lowercase hexadecimal digits.</summary>
    /// <value>
    /// All 64 digits for torchvision's files, 8 for timm's. Null if none is published: then the hash of the first download is recorded next to the file and
    /// checked from then on.
    /// </value>
    /// <exception cref="ArgumentException">The value has other characters, or more than 64.</exception>
    public string? Sha256Prefix
    {
        get;
        init => field = value is null || value.Length <= Sha256Length && value.All(char.IsAsciiHexDigit)
            ? value
            : throw new ArgumentException($"'{value}' is no SHA-256; expected up to {Sha256Length} hexadecimal digits.", nameof(value));
    }

    /// <summary>Gets the most bytes that a file with these weights may have.</summary>
    internal long MaxFileLength => OtherBytes + MostBytesOfAParameter * ParameterCount;

    /// <summary>Gets the name of the file in the cache folder and on a mirror.</summary>
    internal string FileName => Path.GetFileName(Address?.LocalPath) is { Length: > 0 } name
        ? name
        : throw new InvalidOperationException($"The weights '{Name}' have no address of a file.");
}
