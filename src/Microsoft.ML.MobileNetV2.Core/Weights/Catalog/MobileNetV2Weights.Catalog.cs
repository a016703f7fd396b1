using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <content>The entry points to published weights.</content>
public sealed partial class MobileNetV2Weights
{
    /// <summary>Gets all entries of the catalog: the bundled weights, Google's, torchvision's and timm's.</summary>
    public static IReadOnlyList<PretrainedWeights> Catalog => WeightsCatalog.All;

    /// <summary>Gets torchvision's first ImageNet weights: width 1.0, 224 pixels, 71.9 % top-1.</summary>
    /// <remarks>Downloaded when first needed; see <see cref="Load"/>.</remarks>
    public static MobileNetV2Weights TorchvisionV1 => WeightsCatalog.Open(TorchvisionWeights.V1);

    /// <summary>Gets torchvision's second ImageNet weights: width 1.0, 224 pixels, 72.2 % top-1.</summary>
    /// <remarks>Downloaded when first needed; see <see cref="Load"/>.</remarks>
    public static MobileNetV2Weights TorchvisionV2 => WeightsCatalog.Open(TorchvisionWeights.V2);

    /// <summary>Gets timm's ImageNet weights of width 0.5: 224 pixels, 65.9 % top-1.</summary>
    /// <remarks>Downloaded when first needed; see <see cref="Load"/>.</remarks>
    public static MobileNetV2Weights Timm050 => WeightsCatalog.Open($"{TimmWeights.Prefix}050");

    /// <summary>Gets timm's ImageNet weights of width 1.0: 224 pixels, 72.9 % top-1.</summary>
    /// <remarks>Downloaded when first needed; see <see cref="Load"/>.</remarks>
    public static MobileNetV2Weights Timm100 => WeightsCatalog.Open($"{TimmWeights.Prefix}100");

    /// <summary>Gets timm's ImageNet weights of width 1.1 and depth 1.2: 224 pixels, 75.1 % top-1.</summary>
    /// <remarks>Downloaded when first needed; see <see cref="Load"/>.</remarks>
    public static MobileNetV2Weights Timm110d => WeightsCatalog.Open($"{TimmWeights.Prefix}110d");

    /// <summary>Gets timm's ImageNet weights of width 1.2 and depth 1.4: 224 pixels, 77.3 % top-1.</summary>
    /// <remarks>Downloaded when first needed; see <see cref="Load"/>.</remarks>
    public static MobileNetV2Weights Timm120d => WeightsCatalog.Open($"{TimmWeights.Prefix}120d");

    /// <summary>Gets timm's ImageNet weights of width 1.4: 224 pixels, 76.5 % top-1.</summary>
    /// <remarks>Downloaded when first needed; see <see cref="Load"/>.</remarks>
    public static MobileNetV2Weights Timm140 => WeightsCatalog.Open($"{TimmWeights.Prefix}140");

    /// <summary>Returns Google's ImageNet weights, as Keras publishes them.</summary>
    /// <param name="widthMultiplier">Width multiplier: 0.35, 0.5, 0.75, 1.0, 1.3 or 1.4.</param>
    /// <param name="inputSize">Input size in pixels that they were trained with: 96, 128, 160, 192 or 224; only 224 above width 1.0.</param>
    /// <param name="includeClassifier">False for a smaller file without the classifier of 1000 classes.</param>
    /// <returns>The weights, downloaded when first needed; see <see cref="Load"/>. The same instance each time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such weights; the message lists those that exist.</exception>
    public static MobileNetV2Weights ImageNet(float widthMultiplier = 1.0f, int inputSize = 224, bool includeClassifier = true) =>
        WeightsCatalog.Open(ImageNetWeights.NameOf(widthMultiplier, inputSize, includeClassifier));

    /// <summary>Returns the weights with a name in the catalog.</summary>
    /// <param name="name">A <see cref="PretrainedWeights.Name"/>; case-insensitive.</param>
    /// <returns>The weights, downloaded when first needed; see <see cref="Load"/>. The same instance each time.</returns>
    /// <exception cref="ArgumentException">The catalog has no such name; the message lists its names.</exception>
    public static MobileNetV2Weights FromCatalog(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return WeightsCatalog.Open(name);
    }

    /// <summary>Returns the weights of an entry, from <see cref="Catalog"/> or created by the caller for other weights.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="options">Download options. The default is null: the environment variables at the time when the weights are first needed.</param>
    /// <returns>The weights, downloaded when first needed; see <see cref="Load"/>. A new instance each time.</returns>
    /// <exception cref="ArgumentException"><paramref name="entry"/> has no address.</exception>
    public static MobileNetV2Weights FromCatalog(PretrainedWeights entry, WeightsDownloadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return WeightsCatalog.Open(entry, options);
    }
}
