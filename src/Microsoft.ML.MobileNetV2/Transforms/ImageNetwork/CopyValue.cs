namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Copies a value over another, so that the two share no memory that anybody changes.</summary>
internal delegate void CopyValue<T>(T source, ref T destination);
