namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of a classifier that an application registers: where its model comes from, and when it is replaced. Read once, at the start.</summary>
public sealed class ImageClassifierServiceOptions
{
    private static readonly ImageClassifierOptions Defaults = new();

    /// <summary>Gets or sets the path of the model: a .zip that <c>mlContext.Model.Save</c> wrote.</summary>
    /// <value>A relative path begins at the application's content root. The default is null; either this or <see cref="UseImageNet"/> must be set.</value>
    public string? Path { get; set; }

    /// <summary>Gets or sets a value indicating whether to classify into ImageNet's classes, with the bundled weights and without a file.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool UseImageNet { get; set; }

    /// <summary>Gets or sets the score below which an image is considered unknown.</summary>
    /// <value>A finite number. The default is 0: where scores are probabilities, no image is unknown.</value>
    public float UnknownThreshold { get; set; }

    /// <summary>Gets or sets the number of threads that process images: so many at once, the others wait.</summary>
    /// <value>From 1 to 1024. The default is null: the number of processors.</value>
    public int? MaxDegreeOfParallelism { get; set; }

    /// <summary>Gets or sets the largest number of pixels of an image; a larger one is refused by its header, before memory is taken for its pixels.</summary>
    /// <value>At least 1. The default is 178,956,970. The lower of this and the model's own limit applies.</value>
    public long MaxPixelCount { get; set; } = Defaults.MaxPixelCount;

    /// <summary>Gets or sets the largest size of a model that is loaded: of its file, and of all that the file holds unpacked.</summary>
    /// <value>In bytes, from 1 to <see cref="int.MaxValue"/>. The default is 268,435,456 (256 MB).</value>
    public long MaxModelSize { get; set; } = Defaults.MaxModelSize;

    /// <summary>Gets or sets the largest input of a loaded model's network, in pixels per side.</summary>
    /// <value>At least 1. The default is 1024.</value>
    public int MaxInputSize { get; set; } = Defaults.MaxInputSize;

    /// <summary>Gets or sets the software that executes the network, which only code can set.</summary>
    /// <value>The default is null: <see cref="InferenceRuntime.Managed"/>, on the CPU.</value>
    public InferenceRuntime? Runtime { get; set; }

    /// <summary>Gets or sets a value indicating whether a changed file replaces the model while the application runs.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>Gets or sets the time without further changes of the file after which it is loaded.</summary>
    /// <value>
    /// More than 0, at most an hour. The default is half a second. Where the file cannot be loaded, perhaps because a copy is not complete, it is tried again
    /// after twice this time, and so on, six times in all.
    /// </value>
    public TimeSpan ReloadDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Gets or sets the time between two looks at the file's length and time of writing.</summary>
    /// <value>
    /// More than 0, at most a day. The default is null: the file system reports changes. Network drives and some volumes of containers do not; set it there.
    /// </value>
    public TimeSpan? PollingInterval { get; set; }
}
