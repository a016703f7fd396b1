namespace TransferLearning;

/// <summary>Is one picture of the folder: what the model takes.</summary>
internal class Picture
{
    public string Image { get; set; } = string.Empty;

    public string Label { get; set; } = string.Empty;
}

/// <summary>Is a picture with the features that the network gives for it.</summary>
internal sealed class FeaturizedPicture : Picture
{
    public float[] Features { get; set; } = [];
}

/// <summary>Is what the model says of a picture: the probability of each class.</summary>
internal sealed class Prediction
{
    public float[] Score { get; set; } = [];
}
