namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="ImageClassifier"/>. Everything else comes from the model.</summary>
public sealed class ImageClassifierOptions
{
    /// <summary>Gets or sets the score below which an image is considered unknown.</summary>
    /// <value>A finite number. The default is 0: where scores are probabilities, no image is unknown.</value>
    public float UnknownThreshold { get; set; }

    /// <summary>Gets or sets the number of images that are processed at once.</summary>
    /// <value>From 1 to 1024. The default is null: the number of processors.</value>
    public int? MaxDegreeOfParallelism { get; set; }

    /// <summary>Gets or sets the software that executes the network.</summary>
    /// <value>The default is null: <see cref="InferenceRuntime.Managed"/>, on the CPU with one thread for each image.</value>
    public InferenceRuntime? Runtime { get; set; }
}
