using Microsoft.ML.MobileNetV2.Tool;
using Microsoft.ML.MobileNetV2.Tool.Shell;

using Interruption interruption = new();
return await CommandLineTool.RunAsync(args, Terminal.OfProcess(), interruption.Token);

/// <summary>Without this declaration the web framework makes the class public.</summary>
internal sealed partial class Program;
