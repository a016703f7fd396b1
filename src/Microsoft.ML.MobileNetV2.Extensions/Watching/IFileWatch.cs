namespace Microsoft.ML.MobileNetV2.Watching;

/// <summary>Reports that a file may have changed. Reports come on any thread until the watch is disposed, and more of them than changes.</summary>
internal interface IFileWatch : IDisposable;
