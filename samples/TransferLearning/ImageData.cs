namespace TransferLearning;

/// <summary>Is one image of the folder: what the model takes.</summary>
internal sealed class ImageData
{
    public string Image { get; set; } = string.Empty;

    public string Label { get; set; } = string.Empty;
}

/// <summary>Is what the model says of an image: the probability of each class.</summary>
internal sealed class Prediction
{
    public float[] Score { get; set; } = [];
}
