namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options common to everything that runs a network: its weights, the preprocessing of images, and how it is run.</summary>
public abstract class MobileNetV2NetworkOptions
{
    /// <summary>Gets or sets the weights of the network.</summary>
    /// <value>The default is null: <see cref="MobileNetV2Weights.Bundled"/>.</value>
    public MobileNetV2Weights? Weights { get; set; }

    /// <summary>Gets or sets the height and width of the network's input in pixels. A smaller input is faster, a larger one shows more detail.</summary>
    /// <value>
    /// From <see cref="MobileNetV2Architecture.MinInputSize"/> to <see cref="MobileNetV2Architecture.MaxInputSize"/>. The default is null: the size
    /// that the weights were trained with.
    /// </value>
    public int? InputSize { get; set; }

    /// <summary>Gets or sets the way in which an image is made square.</summary>
    /// <value>The default is null: as the weights were evaluated, which for ImageNet weights is <see cref="ImageResizeMode.CenterCrop"/>.</value>
    public ImageResizeMode? Resize { get; set; }

    /// <summary>Gets or sets the limits for decoding images.</summary>
    /// <value>The default is <see cref="ImageDecodingOptions.Default"/>.</value>
    public ImageDecodingOptions Decoding { get; set; } = ImageDecodingOptions.Default;

    /// <summary>Gets or sets the number of threads that process images.</summary>
    /// <value>From 1 to 1024. The default is null: the number of processors.</value>
    /// <remarks>
    /// So many images are processed at once, each on one thread. While there are fewer, for example one, the network divides each over processors that are
    /// idle, but over no more threads than this. Results do not depend on it.
    /// </remarks>
    public int? MaxDegreeOfParallelism { get; set; }

    /// <summary>Gets or sets the software that executes the network.</summary>
    /// <value>The default is null: <see cref="InferenceRuntime.Managed"/>, on the CPU. It is not saved with a model.</value>
    public InferenceRuntime? Runtime { get; set; }
}
