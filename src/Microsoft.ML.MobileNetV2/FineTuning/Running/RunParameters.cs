namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents all that the epochs have changed.</summary>
/// <param name="Current">As it is now.</param>
/// <param name="Best">As it was after the best epoch; null before there is one.</param>
/// <param name="Average">Its moving average; null where none is kept.</param>
internal sealed record RunParameters(float[] Current, float[]? Best, float[]? Average);
