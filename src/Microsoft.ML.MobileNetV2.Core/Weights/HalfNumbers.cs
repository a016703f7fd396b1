using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Checks numbers that are to be stored with 16 bits.</summary>
internal static class HalfNumbers
{
    /// <param name="values">The numbers of a tensor.</param>
    /// <param name="quotedName">The name of the tensor, in quotes.</param>
    /// <param name="paramName">The parameter that asks for 16 bits.</param>
    /// <exception cref="ArgumentException">A number is too large.</exception>
    internal static void Require(ReadOnlySpan<float> values, string quotedName, string paramName)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!Half.IsFinite((Half)values[i]))
            {
                throw new ArgumentException(
                    $"Tensor {quotedName} holds {values[i].ToString(CultureInfo.InvariantCulture)} at index {i.ToString(CultureInfo.InvariantCulture)}, but " +
                    $"{nameof(TensorDataType.Float16)} ends at 65504; save these weights as {nameof(TensorDataType.Float32)}.",
                    paramName);
            }
        }
    }
}
