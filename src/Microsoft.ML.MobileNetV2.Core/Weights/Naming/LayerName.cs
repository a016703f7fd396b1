namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the names that a file has for the tensors of one convolution and its batch norm.</summary>
internal sealed record LayerName(string Weight, string Bias, string Scale, string Shift, string Mean, string Variance)
{
    internal static LayerName Torch(string conv, string batchNorm) => new(
        $"{conv}.weight", $"{conv}.bias", $"{batchNorm}.weight", $"{batchNorm}.bias", $"{batchNorm}.running_mean", $"{batchNorm}.running_var");

    internal static LayerName TensorFlow(string weight, string bias, string batchNorm) => new(
        weight, bias, $"{batchNorm}/gamma", $"{batchNorm}/beta", $"{batchNorm}/moving_mean", $"{batchNorm}/moving_variance");
}
