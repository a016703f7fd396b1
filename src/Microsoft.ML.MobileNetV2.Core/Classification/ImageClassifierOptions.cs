using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="ImageClassifier"/>. Everything else comes from the model.</summary>
public sealed class ImageClassifierOptions
{
    /// <summary>Gets or sets the score below which an image is considered unknown.</summary>
    /// <value>A finite number. The default is 0: where scores are probabilities, no image is unknown.</value>
    public float UnknownThreshold { get; set; }

    /// <summary>Gets or sets the number of threads that process images.</summary>
    /// <value>From 1 to 1024. The default is null: the number of processors.</value>
    /// <remarks>
    /// So many images are processed at once, each on one thread. While there are fewer, for example one, the network divides each over processors that are
    /// idle, but over no more threads than this. Results do not depend on it.
    /// </remarks>
    public int? MaxDegreeOfParallelism { get; set; }

    /// <summary>Gets or sets the software that executes the network.</summary>
    /// <value>The default is null: <see cref="InferenceRuntime.Managed"/>, on the CPU.</value>
    public InferenceRuntime? Runtime { get; set; }

    /// <summary>Gets or sets the largest size of a model that is loaded: of its file, and of all that the file holds unpacked.</summary>
    /// <value>In bytes, from 1 to <see cref="int.MaxValue"/>. The default is 268,435,456 (256 MB), ten times the largest published network.</value>
    public long MaxModelSize { get; set; } = ModelLimits.DefaultMaxModelSize;

    /// <summary>Gets or sets the largest input of a loaded model's network, in pixels per side; the memory and time for an image grow with its square.</summary>
    /// <value>At least 1. The default is 1024. A model with a larger input is refused.</value>
    public int MaxInputSize { get; set; } = ModelLimits.DefaultMaxInputSize;

    /// <summary>Gets or sets the largest number of pixels of an image, regardless of what a loaded model says.</summary>
    /// <value>
    /// At least 1. The default is 178,956,970. The lower of this and the model's own <see cref="ImageDecodingOptions.MaxPixelCount"/> applies.
    /// </value>
    public long MaxPixelCount { get; set; } = ModelLimits.DefaultMaxPixelCount;

    internal ModelLimits Limits => new(MaxModelSize, MaxInputSize, MaxPixelCount);
}
