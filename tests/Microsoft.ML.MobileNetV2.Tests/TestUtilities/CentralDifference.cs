namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Estimates a derivative from four values around a point (error of order h⁴), so that float32 leaves enough digits.</summary>
internal static class CentralDifference
{
    internal static double Of(float at, Func<float, double> function, float step = 0.02f) =>
        (8 * (function(at + step) - function(at - step)) - (function(at + 2 * step) - function(at - 2 * step))) / (12.0 * step);
}
